package glimpse.evaluation.overlay;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;

/** Draws text, or nothing where the Java runtime has no fonts. Not thread-safe. */
final class TextPainter {
    private static final int POINTS = 13;
    private static final String ELLIPSIS = "\u2026";

    private final Graphics2D graphics;
    private final boolean available;

    TextPainter(Graphics2D graphics, Color colour) {
        this.graphics = graphics;
        this.available = prepare(graphics, colour);
    }

    private static boolean prepare(Graphics2D graphics, Color colour) {
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, POINTS));
            graphics.setColor(colour);
            return graphics.getFontMetrics().stringWidth("0") > 0;
        } catch (RuntimeException
                | Error e) { // without fonts the JDK throws one or the other, depending on its version
            return false;
        }
    }

    /** Returns the width of a text in pixels; 0 without fonts. */
    int width(String text) {
        return available ? graphics.getFontMetrics().stringWidth(text) : 0;
    }

    /** Draws a text, shortened with an ellipsis if it is wider than {@code room} pixels. */
    void write(String text, int x, int baseline, int room) {
        if (!available) {
            return;
        }
        FontMetrics metrics = graphics.getFontMetrics();
        String shown = text;
        while (metrics.stringWidth(shown) > room && shown.length() > 1) {
            shown = shown.substring(0, shown.length() - 2).stripTrailing() + ELLIPSIS;
        }
        graphics.drawString(shown, x, baseline);
    }
}
