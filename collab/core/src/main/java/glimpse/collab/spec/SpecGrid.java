package glimpse.collab.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grids in an option: {@code sum:0.5..0.9/0.1} stands for {@code sum:0.5}, {@code sum:0.6}, ... {@code sum:0.9}. */
public final class SpecGrid {
    /** How a grid is written in place of a number. */
    public static final String SYNTAX = "FIRST..LAST/STEP";

    private static final Pattern GRID = Pattern.compile("([0-9]{0,9}\\.?[0-9]{1,9})\\.\\.([^/,:]*)/([^,:]*)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{0,9}\\.?[0-9]{1,9}");
    private static final int MOST = 1000;

    private SpecGrid() {}

    /**
     * The texts that a text stands for: itself if there is no grid in it, one for each value of the first grid in it
     * otherwise, and so on.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static List<String> expand(String text) {
        if (!text.contains("..")) {
            return List.of(text);
        }
        Matcher grid = GRID.matcher(text);
        if (!grid.find()
                || !NUMBER.matcher(grid.group(2)).matches()
                || !NUMBER.matcher(grid.group(3)).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is invalid, expected a grid as " + SYNTAX + ", 0.5..0.9/0.1 say");
        }
        BigDecimal last = new BigDecimal(grid.group(2));
        BigDecimal step = new BigDecimal(grid.group(3));
        List<String> texts = new ArrayList<>();
        for (BigDecimal value = new BigDecimal(grid.group(1)); value.compareTo(last) <= 0; value = value.add(step)) {
            texts.addAll(expand(text.substring(0, grid.start()) + value.toPlainString() + text.substring(grid.end())));
            if (step.signum() == 0 || texts.size() > MOST) {
                break;
            }
        }
        if (texts.isEmpty() || step.signum() == 0 || texts.size() > MOST) {
            throw new IllegalArgumentException(
                    "'" + text + "' is invalid, expected a grid of 1 to " + MOST + " ascending values");
        }
        return texts;
    }
}
