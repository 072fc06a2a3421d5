package glimpse.evaluation.overlay;

import glimpse.engine.image.Framing;
import glimpse.engine.image.RgbImage;
import java.awt.geom.Rectangle2D;

/**
 * Maps pixels of a picture of any size to the model's patches, undoing resize and crop. Immutable.
 *
 * @param left left edge of the part of the picture that the model sees, in pixels of the picture
 * @param top top edge of that part
 * @param width width of that part
 * @param height height of that part
 * @param grid patches along one side
 */
public record PatchMap(double left, double top, double width, double height, int grid) {
    /** Returns the map of a picture. */
    public static PatchMap of(RgbImage picture, Framing framing, int grid) {
        Rectangle2D window = framing.window(picture.width(), picture.height());
        return new PatchMap(window.getX(), window.getY(), window.getWidth(), window.getHeight(), grid);
    }

    /** Returns the map of the picture enlarged by a factor. */
    PatchMap enlarged(int factor) {
        return new PatchMap(left * factor, top * factor, width * factor, height * factor, grid);
    }

    /** Returns the fractional column of the grid at the centre of a pixel; may be outside 0..grid. */
    double column(int x) {
        return (x + 0.5 - left) / width * grid;
    }

    /** Returns the fractional row of the grid at the centre of a pixel; may be outside 0..grid. */
    double row(int y) {
        return (y + 0.5 - top) / height * grid;
    }

    /** Returns whether the model sees the pixel. */
    public boolean sees(int x, int y) {
        return isInside(column(x)) && isInside(row(y));
    }

    private boolean isInside(double coordinate) {
        return coordinate >= 0 && coordinate < grid;
    }

    /** Returns the position of the patch that contains a pixel; -1 if the model doesn't see the pixel. */
    public int position(int x, int y) {
        return sees(x, y) ? ((int) row(y)) * grid + (int) column(x) : -1;
    }

    /**
     * Interpolates values smoothly between the centres of patches.
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

    /** Eases 0..1 in and out (smoothstep). */
    private static double eased(double t) {
        return t * t * (3 - 2 * t);
    }
}
