package glimpse.evaluation.overlay;

import glimpse.engine.image.Framing;
import glimpse.engine.image.RgbImage;
import glimpse.engine.image.SourceWindow;

/**
 * Maps pixels of a picture of any size to the model's patches, undoing resize and crop. Immutable.
 *
 * @param window the part of the picture that the model sees, in pixels of the picture
 * @param grid patches along one side
 */
public record PatchMap(SourceWindow window, int grid) {
    /** Returns the map of a picture. */
    public static PatchMap of(RgbImage picture, Framing framing, int grid) {
        return new PatchMap(framing.window(picture.width(), picture.height()), grid);
    }

    /** Returns the map of the picture enlarged by a factor. */
    PatchMap enlarged(int factor) {
        return new PatchMap(
                new SourceWindow(
                        window.left() * factor,
                        window.top() * factor,
                        window.width() * factor,
                        window.height() * factor),
                grid);
    }

    /** Returns the fractional column of the grid at the centre of a pixel; may be outside 0..grid. */
    double column(int x) {
        return (x + 0.5 - window.left()) / window.width() * grid;
    }

    /** Returns the fractional row of the grid at the centre of a pixel; may be outside 0..grid. */
    double row(int y) {
        return (y + 0.5 - window.top()) / window.height() * grid;
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

    /** Eases 0..1 in and out (smoothstep). */
    private static double eased(double t) {
        return t * t * (3 - 2 * t);
    }
}
