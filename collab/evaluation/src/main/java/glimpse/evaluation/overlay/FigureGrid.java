package glimpse.evaluation.overlay;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pictures of one size in rows, each with a caption, and a legend beneath them. One thread at a time. */
public final class FigureGrid {
    private static final int GAP = 12;
    private static final int LINE_HEIGHT = 20;
    private static final int SCALE_HEIGHT = 14;
    private static final int LEAST_WIDTH = 560;
    private static final int SCALE_LENGTH = 400;
    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x20, 0x20, 0x20);

    private final int width;
    private final int height;
    private final List<List<Panel>> rows = new ArrayList<>();
    private final List<String> legend = new ArrayList<>();

    /**
     * A picture on the sheet.
     *
     * @param caption a line above it
     * @param pixels {@code [height][width]}, 0xRRGGBB
     */
    private record Panel(String caption, Overlayed pixels) {}

    /** Holds pixels, for records don't hold arrays. */
    private static final class Overlayed {
        private final int[] pixels;

        Overlayed(int[] pixels) {
            this.pixels = pixels;
        }
    }

    /**
     * Makes an empty sheet.
     *
     * @param width of each picture
     * @param height of each picture
     */
    public FigureGrid(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Begins a row. */
    public void row() {
        rows.add(new ArrayList<>());
    }

    /**
     * Adds a picture to the row that was begun last.
     *
     * @param pixels {@code [height][width]}, 0xRRGGBB
     */
    public void add(String caption, int[] pixels) {
        if (pixels.length != width * height) {
            throw new IllegalArgumentException(
                    "the picture has " + pixels.length + " pixels, expected " + width + " x " + height);
        }
        rows.getLast().add(new Panel(caption, new Overlayed(pixels.clone())));
    }

    /** Adds a line to the legend. */
    public void line(String text) {
        legend.add(text);
    }

    /**
     * Draws the sheet. Where the Java runtime has no font, it has no text.
     *
     * @param highest what the brightest colour of the scale stands for
     */
    public BufferedImage draw(double highest) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int sheetWidth = Math.max(LEAST_WIDTH, columns * (width + GAP) + GAP);
        int rowHeight = LINE_HEIGHT + height + GAP;
        int legendTop = rows.size() * rowHeight + GAP;
        int sheetHeight = legendTop + SCALE_HEIGHT + LINE_HEIGHT + legend.size() * LINE_HEIGHT + GAP;
        BufferedImage sheet = new BufferedImage(sheetWidth, sheetHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, sheetWidth, sheetHeight);
            Lettering lettering = new Lettering(graphics);
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    Panel panel = rows.get(row).get(column);
                    int left = GAP + column * (width + GAP);
                    int top = row * rowHeight + LINE_HEIGHT;
                    lettering.write(panel.caption, left, top - 6, width);
                    sheet.setRGB(left, top, width, height, panel.pixels.pixels, 0, width);
                }
            }
            drawScale(sheet, lettering, legendTop, highest);
            for (int i = 0; i < legend.size(); i++) {
                int baseline = legendTop + SCALE_HEIGHT + LINE_HEIGHT + (i + 1) * LINE_HEIGHT - 4;
                lettering.write(legend.get(i), GAP, baseline, sheetWidth - 2 * GAP);
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private static void drawScale(BufferedImage sheet, Lettering lettering, int top, double highest) {
        int length = SCALE_LENGTH;
        for (int x = 0; x < length; x++) {
            int colour = ColourMap.rgb((double) x / (length - 1));
            for (int y = 0; y < SCALE_HEIGHT; y++) {
                sheet.setRGB(GAP + x, top + y, colour);
            }
        }
        int baseline = top + SCALE_HEIGHT + 15;
        for (int quarter = 0; quarter <= 4; quarter++) {
            double value = highest * quarter * quarter / 16; // the colours' permits are the values' square roots
            String text = quarter == 0 ? "0" : String.format(Locale.ROOT, "%.4f", value) + (quarter == 4 ? "+" : "");
            int middle = GAP + length * quarter / 4;
            int left = Math.clamp(middle - lettering.width(text) / 2, GAP, GAP + length - lettering.width(text));
            lettering.write(text, left, baseline, length);
        }
        lettering.write("score of a patch", 2 * GAP + length, top + SCALE_HEIGHT - 1, length);
    }

    /** Writes text, or nothing where the Java runtime has no font to write with. */
    private static final class Lettering {
        private final Graphics2D graphics;
        private final boolean available;

        Lettering(Graphics2D graphics) {
            this.graphics = graphics;
            this.available = start();
        }

        private boolean start() {
            try {
                graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
                graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
                graphics.setColor(INK);
                return graphics.getFontMetrics().stringWidth("0") > 0;
            } catch (RuntimeException | Error e) { // what the JDK throws without fonts differs by version
                return false;
            }
        }

        int width(String text) {
            return available ? graphics.getFontMetrics().stringWidth(text) : 0;
        }

        /** Cuts what doesn't fit. */
        void write(String text, int x, int baseline, int room) {
            if (!available) {
                return;
            }
            FontMetrics metrics = graphics.getFontMetrics();
            String shown = text;
            while (metrics.stringWidth(shown) > room && shown.length() > 1) {
                shown = shown.substring(0, shown.length() - 2).stripTrailing() + "\u2026";
            }
            graphics.drawString(shown, x, baseline);
        }
    }
}
