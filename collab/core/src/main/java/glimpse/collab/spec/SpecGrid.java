package glimpse.collab.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands grids in an option: {@code sum:0.5..0.9/0.1} stands for {@code sum:0.5}, {@code sum:0.6}, ...
 * {@code sum:0.9}.
 */
public final class SpecGrid {
    /** The syntax of a grid, which stands in place of a number. */
    public static final String SYNTAX = "FIRST..LAST/STEP";

    private static final Pattern GRID = Pattern.compile("([0-9]{0,9}\\.?[0-9]{1,9})\\.\\.([^/,:]*)/([^,:]*)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{0,9}\\.?[0-9]{1,9}");
    private static final int MAX_TEXTS = 1000;

    private SpecGrid() {}

    /**
     * Returns the texts that a text stands for: the text itself if it holds no grid, otherwise one for each value of
     * its first grid, each expanded in turn.
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
                    "'" + text + "' is invalid, expected a grid " + SYNTAX + ", for example 0.5..0.9/0.1");
        }
        BigDecimal last = new BigDecimal(grid.group(2));
        BigDecimal step = new BigDecimal(grid.group(3));
        List<String> texts = new ArrayList<>();
        for (BigDecimal value = new BigDecimal(grid.group(1)); value.compareTo(last) <= 0; value = value.add(step)) {
            texts.addAll(expand(text.substring(0, grid.start()) + value.toPlainString() + text.substring(grid.end())));
            if (step.signum() == 0 || texts.size() > MAX_TEXTS) {
                break;
            }
        }
        if (texts.isEmpty() || step.signum() == 0 || texts.size() > MAX_TEXTS) {
            throw new IllegalArgumentException(
                    "'" + text + "' is invalid, expected a grid of 1 to " + MAX_TEXTS + " ascending values");
        }
        return texts;
    }
}
