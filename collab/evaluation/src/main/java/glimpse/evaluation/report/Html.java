package glimpse.evaluation.report;

import glimpse.evaluation.io.VisibleText;

/** Text in HTML and SVG. */
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
}
