package glimpse.evaluation.overlay;

import glimpse.engine.image.Framing;
import glimpse.engine.image.RgbImage;
import glimpse.engine.image.SourceWindow;

/**
 * Where a model's patches lie on a picture of any size: back through crop and resize. Immutable.
 *
 * @param window the part of the picture that the model sees, in the picture's pixels
 * @param grid patches along one side
 */
public record PatchMap(SourceWindow window, int grid) {
    /** The map of a picture. */
    public static PatchMap of(RgbImage picture, Framing framing, int grid) {
        return new PatchMap(framing.window(picture.width(), picture.height()), grid);
    }

    /** The same map on the picture enlarged by a factor. */
    PatchMap enlarged(int factor) {
        return new PatchMap(
                new SourceWindow(
                        window.left() * factor,
                        window.top() * factor,
                        window.width() * factor,
                        window.height() * factor),
                grid);
    }

    /** Column of the grid, with its fraction, in which the middle of a pixel lies; may be outside 0..grid. */
    double column(int x) {
        return (x + 0.5 - window.left()) / window.width() * grid;
    }

    /** Row of the grid, with its fraction, in which the middle of a pixel lies; may be outside 0..grid. */
    double row(int y) {
        return (y + 0.5 - window.top()) / window.height() * grid;
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
        int left = Math.min((int) column, Math.max(0, grid - 2));
        int top = Math.min((int) row, Math.max(0, grid - 2));
        int right = Math.min(left + 1, grid - 1);
        int bottom = Math.min(top + 1, grid - 1);
        double across = eased(column - left);
        double down = eased(row - top);
        double above = values[top * grid + left] * (1 - across) + values[top * grid + right] * across;
        double below = values[bottom * grid + left] * (1 - across) + values[bottom * grid + right] * across;
        return above * (1 - down) + below * down;
    }

    /** 0..1 with a flat beginning and end. */
    private static double eased(double t) {
        return t * t * (3 - 2 * t);
    }
}
