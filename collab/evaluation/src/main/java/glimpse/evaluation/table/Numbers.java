package glimpse.evaluation.table;

import java.util.Locale;

/** Numbers for people, wherever they are read. */
public final class Numbers {
    private Numbers() {}

    /** Returns a share as a percentage with two decimals; a dash for NaN. */
    public static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /**
     * Returns a formatted number; a dash for NaN.
     *
     * @param format a pattern of {@link String#format}
     */
    public static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
