package glimpse.evaluation.overlay;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pictures of one size in rows, each with a caption, over a colour scale and a legend. Not thread-safe. */
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
    private final List<List<Figure>> rows = new ArrayList<>();
    private final List<String> legend = new ArrayList<>();

    /** A picture with a caption above it. */
    private static final class Figure {
        private final String caption;
        private final int[] pixels; // [height][width], 0xRRGGBB

        Figure(String caption, int[] pixels) {
            this.caption = caption;
            this.pixels = pixels;
        }
    }

    /**
     * Makes an empty canvas.
     *
     * @param width of each picture
     * @param height of each picture
     */
    public FigureGrid(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Starts a row. */
    public void row() {
        rows.add(new ArrayList<>());
    }

    /**
     * Adds a picture to the last row.
     *
     * @param caption a line above the picture
     * @param pixels {@code [height][width]}, 0xRRGGBB
     */
    public void add(String caption, int[] pixels) {
        if (pixels.length != width * height) {
            throw new IllegalArgumentException(
                    "the picture has " + pixels.length + " pixels, expected " + width + " x " + height);
        }
        rows.getLast().add(new Figure(caption, pixels.clone()));
    }

    /** Adds a line to the legend. */
    public void line(String text) {
        legend.add(text);
    }

    /**
     * Draws the canvas. Where the Java runtime has no font, it has no text.
     *
     * @param highest what the brightest colour of the scale stands for
     */
    public BufferedImage draw(double highest) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int canvasWidth = Math.max(LEAST_WIDTH, columns * (width + GAP) + GAP);
        int rowHeight = LINE_HEIGHT + height + GAP;
        int legendTop = rows.size() * rowHeight + GAP;
        int canvasHeight = legendTop + SCALE_HEIGHT + LINE_HEIGHT + legend.size() * LINE_HEIGHT + GAP;
        BufferedImage canvas = new BufferedImage(canvasWidth, canvasHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        try {
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, canvasWidth, canvasHeight);
            TextPainter text = new TextPainter(graphics, INK);
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    Figure figure = rows.get(row).get(column);
                    int left = GAP + column * (width + GAP);
                    int top = row * rowHeight + LINE_HEIGHT;
                    text.write(figure.caption, left, top - 6, width);
                    canvas.setRGB(left, top, width, height, figure.pixels, 0, width);
                }
            }
            drawScale(canvas, text, legendTop, highest);
            for (int i = 0; i < legend.size(); i++) {
                int baseline = legendTop + SCALE_HEIGHT + LINE_HEIGHT + (i + 1) * LINE_HEIGHT - 4;
                text.write(legend.get(i), GAP, baseline, canvasWidth - 2 * GAP);
            }
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private static void drawScale(BufferedImage canvas, TextPainter text, int top, double highest) {
        int length = SCALE_LENGTH;
        for (int x = 0; x < length; x++) {
            int colour = ColourMap.rgb((double) x / (length - 1));
            for (int y = 0; y < SCALE_HEIGHT; y++) {
                canvas.setRGB(GAP + x, top + y, colour);
            }
        }
        int baseline = top + SCALE_HEIGHT + 15;
        for (int quarter = 0; quarter <= 4; quarter++) {
            double value = highest * quarter * quarter / 16; // colours are spaced by the square roots of scores
            String mark = quarter == 0 ? "0" : String.format(Locale.ROOT, "%.4f", value) + (quarter == 4 ? "+" : "");
            int middle = GAP + length * quarter / 4;
            int left = Math.clamp(middle - text.width(mark) / 2, GAP, GAP + length - text.width(mark));
            text.write(mark, left, baseline, length);
        }
        text.write("score of a patch", 2 * GAP + length, top + SCALE_HEIGHT - 1, length);
    }
}
