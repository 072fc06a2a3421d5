package glimpse.evaluation.overlay;

import glimpse.engine.image.Framing;
import glimpse.engine.image.RgbImage;
import java.awt.geom.Rectangle2D;

/**
 * Where a model's patches lie on a picture of any size: back through crop and resize. Immutable.
 *
 * @param left left edge of the part of the picture that the model sees, in the picture's pixels
 * @param top its top edge
 * @param width its width
 * @param height its height
 * @param grid patches along one side
 */
public record PatchMap(double left, double top, double width, double height, int grid) {
    /** The map of a picture. */
    public static PatchMap of(RgbImage picture, Framing framing, int grid) {
        Rectangle2D window = framing.window(picture.width(), picture.height());
        return new PatchMap(window.getX(), window.getY(), window.getWidth(), window.getHeight(), grid);
    }

    /** The same map on the picture enlarged by a factor. */
    PatchMap enlarged(int factor) {
        return new PatchMap(left * factor, top * factor, width * factor, height * factor, grid);
    }

    /** Column of the grid, with its fraction, in which the middle of a pixel lies; may be outside 0..grid. */
    double column(int x) {
        return (x + 0.5 - left) / width * grid;
    }

    /** Row of the grid, with its fraction, in which the middle of a pixel lies; may be outside 0..grid. */
    double row(int y) {
        return (y + 0.5 - top) / height * grid;
    }

    /** Whether the model sees the pixel. */
    public boolean sees(int x, int y) {
        return isInside(column(x)) && isInside(row(y));
    }

    private boolean isInside(double place) {
        return place >= 0 && place < grid;
    }

    /** The position of the patch that a pixel lies in; -1 if the model doesn't see it. */
    public int position(int x, int y) {
        return sees(x, y) ? ((int) row(y)) * grid + (int) column(x) : -1;
    }

    /**
     * A patch's value at a pixel, going over smoothly from one middle of a patch to the next.
     *
     * @param values {@code [grid][grid]}
     */
    double interpolated(float[] values, int x, int y) {
        double column = Math.clamp(column(x) - 0.5, 0, grid - 1);
        double row = Math.clamp(row(y) - 0.5, 0, grid - 1);
        int firstColumn = Math.min((int) column, Math.max(0, grid - 2));
        int firstRow = Math.min((int) row, Math.max(0, grid - 2));
        int nextColumn = Math.min(firstColumn + 1, grid - 1);
        int nextRow = Math.min(firstRow + 1, grid - 1);
        double across = eased(column - firstColumn);
        double down = eased(row - firstRow);
        double above =
                values[firstRow * grid + firstColumn] * (1 - across) + values[firstRow * grid + nextColumn] * across;
        double below =
                values[nextRow * grid + firstColumn] * (1 - across) + values[nextRow * grid + nextColumn] * across;
        return above * (1 - down) + below * down;
    }

    /** 0..1 with a flat beginning and end. */
    private static double eased(double t) {
        return t * t * (3 - 2 * t);
    }
}
