package glimpse.collab.codec;

import glimpse.engine.image.PixelPatches;
import java.util.Arrays;

/**
 * The positions, size and channels of a message's patches: what a codec needs to know. Immutable, safe for use by
 * several threads.
 */
public final class PatchGeometry {
    private final int grid;
    private final int patchSize;
    private final int channels;
    private final int[] positions; // [patches], strictly ascending

    PatchGeometry(int grid, int patchSize, int channels, int[] positions) {
        this.grid = grid;
        this.patchSize = patchSize;
        this.channels = channels;
        this.positions = positions;
    }

    /** Returns the geometry of patches of a grid. */
    static PatchGeometry of(int grid, PixelPatches patches) {
        return new PatchGeometry(grid, patches.patchSize(), patches.channels(), patches.positions());
    }

    /** Returns the number of patches along one side of the image. */
    public int grid() {
        return grid;
    }

    /** Returns the side of a patch in pixels. */
    public int patchSize() {
        return patchSize;
    }

    /** Returns the number of channels, 1 (grey) or 3 (RGB). */
    public int channels() {
        return channels;
    }

    /** Returns the number of patches. */
    public int patches() {
        return positions.length;
    }

    /** Returns the position in the grid of the patch at {@code index}. */
    public int position(int index) {
        return positions[index];
    }

    /** Returns a copy of the positions, strictly ascending. */
    public int[] positions() {
        return positions.clone();
    }

    /** Returns the number of pixels of one patch. */
    public int patchArea() {
        return patchSize * patchSize;
    }

    /** Returns the bytes of all pixels, {@code [patches][patchSize][patchSize][channels]}. */
    public long pixelBytes() {
        return (long) positions.length * patchArea() * channels;
    }

    /**
     * Returns the index of the patch that lies this many columns and rows from another; -1 if it isn't among the
     * patches.
     */
    int neighbour(int index, int columns, int rows) {
        int column = positions[index] % grid + columns;
        int row = positions[index] / grid + rows;
        if (column < 0 || column >= grid || row < 0 || row >= grid) {
            return -1;
        }
        return Math.max(-1, Arrays.binarySearch(positions, row * grid + column));
    }
}
