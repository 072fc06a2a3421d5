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

    private static final Pattern GRID = Pattern.compile("([0-9]{0,9}\\.?[0-9]{1,9})\\.\\.([^/,:+]*)/([^,:+@]*)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{0,9}\\.?[0-9]{1,9}");
    private static final int MAX_TEXTS = 1000;

    private SpecGrid() {}

    /**
     * Returns the texts that a text stands for: the text itself if it holds no grid, otherwise one for each combination
     * of its grids' values; those of the first grid change last.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static List<String> expand(String text) {
        Matcher grid = GRID.matcher(text);
        List<String> texts = List.of("");
        int end = 0;
        for (int dots = text.indexOf(".."); dots >= 0; dots = text.indexOf("..", end)) {
            if (!grid.find() || grid.start() > dots) {
                throw notAGrid(text);
            }
            texts = combine(texts, text.substring(end, grid.start()), values(text, grid));
            if (texts.size() > MAX_TEXTS) {
                throw tooMany(text);
            }
            end = grid.end();
        }
        return combine(texts, text.substring(end), List.of(""));
    }

    private static List<String> values(String text, Matcher grid) {
        if (!NUMBER.matcher(grid.group(2)).matches()
                || !NUMBER.matcher(grid.group(3)).matches()) {
            throw notAGrid(text);
        }
        BigDecimal last = new BigDecimal(grid.group(2));
        BigDecimal step = new BigDecimal(grid.group(3));
        List<String> values = new ArrayList<>();
        BigDecimal value = new BigDecimal(grid.group(1));
        while (value.compareTo(last) <= 0 && values.size() <= MAX_TEXTS && step.signum() > 0) {
            values.add(value.toPlainString());
            value = value.add(step);
        }
        if (values.isEmpty()) {
            throw tooMany(text);
        }
        return values;
    }

    private static List<String> combine(List<String> starts, String middle, List<String> ends) {
        List<String> texts = new ArrayList<>();
        for (String start : starts) {
            for (int i = 0; i < ends.size() && texts.size() <= MAX_TEXTS; i++) {
                texts.add(start + middle + ends.get(i));
            }
        }
        return texts;
    }

    private static IllegalArgumentException notAGrid(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is invalid, expected a grid " + SYNTAX + ", for example 0.5..0.9/0.1");
    }

    private static IllegalArgumentException tooMany(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is invalid, expected a grid of 1 to " + MAX_TEXTS + " ascending values");
    }
}
