package glimpse.evaluation.report;

import glimpse.evaluation.io.VisibleText;
import java.util.Locale;

/** Text and numbers in HTML and SVG. */
final class Html {
    private Html() {}

    /**
     * Escapes text for elements and quoted attributes. What XML forbids, such as control characters, is made visible.
     */
    static String escaped(String text) {
        return VisibleText.name(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Returns a share as a percentage with two decimals; a dash for NaN. */
    static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** Returns a formatted number; a dash for NaN. */
    static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
