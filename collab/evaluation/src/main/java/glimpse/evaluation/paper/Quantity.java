package glimpse.evaluation.paper;

import java.util.Arrays;
import java.util.Locale;

/** What a figure measures. */
public enum Quantity {
    /** Top-1 accuracy, in percent. */
    TOP1("top-1", "%.2f", " %"),
    /** Top-5 accuracy, in percent. */
    TOP5("top-5", "%.2f", " %"),
    /** The paper's communication cost, 0..1. */
    COST("cost", "%.4f", ""),
    /** Mean number of patches sent per offloaded image. */
    PATCHES("patches sent", "%.2f", ""),
    /** Mean of the lowest selected score, over the offloaded images. */
    LEAST_SCORE("lowest score", "%.5f", ""),
    /** Mean sum of the selected scores, over the offloaded images. */
    SCORE_SUM("sum of scores", "%.4f", ""),
    /** Share of confident images, in percent. */
    CONFIDENT("confident", "%.2f", " %");

    private final String title;
    private final String format;
    private final String unit;

    Quantity(String title, String format, String unit) {
        this.title = title;
        this.format = format;
        this.unit = unit;
    }

    /** Returns its name for people. */
    public String title() {
        return title;
    }

    /** Returns the size of a difference; of percentages, in percentage points. */
    public String difference(double difference) {
        return String.format(Locale.ROOT, format, Math.abs(difference)) + (unit.isEmpty() ? "" : " points");
    }

    /** Returns the unit as it follows a number; empty if there is none. */
    String unit() {
        return unit;
    }

    /** Returns its name in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a value, rounded, with its unit. */
    public String text(double value) {
        return String.format(Locale.ROOT, format, value) + unit;
    }

    static Quantity of(String key) {
        return Arrays.stream(values())
                .filter(quantity -> quantity.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + key + "' is no quantity"));
    }
}
