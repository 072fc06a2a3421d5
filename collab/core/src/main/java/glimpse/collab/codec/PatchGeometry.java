package glimpse.collab.codec;

import glimpse.engine.image.PixelPatches;
import java.util.Arrays;

/** Which patches a message holds and of what size: all that a payload's codec needs to know. Immutable. */
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

    /** The geometry of some patches of a grid. */
    static PatchGeometry of(int grid, PixelPatches patches) {
        return new PatchGeometry(grid, patches.patchSize(), patches.channels(), patches.positions());
    }

    /** Patches along one side of the image. */
    public int grid() {
        return grid;
    }

    /** Side of a patch in pixels. */
    public int patchSize() {
        return patchSize;
    }

    /** 1 (grey) or 3 (RGB). */
    public int channels() {
        return channels;
    }

    /** Number of patches. */
    public int patches() {
        return positions.length;
    }

    /** The position in the grid of the patch at {@code index}. */
    public int position(int index) {
        return positions[index];
    }

    /** A copy of the positions, strictly ascending. */
    public int[] positions() {
        return positions.clone();
    }

    /** Pixels of one patch. */
    public int patchArea() {
        return patchSize * patchSize;
    }

    /** Bytes of all the pixels, {@code [patches][patchSize][patchSize][channels]}. */
    public long pixelBytes() {
        return (long) positions.length * patchArea() * channels;
    }

    /** The index of the patch that lies this many columns and rows from another; -1 if it isn't among them. */
    int neighbour(int index, int columns, int rows) {
        int column = positions[index] % grid + columns;
        int row = positions[index] / grid + rows;
        if (column < 0 || column >= grid || row < 0 || row >= grid) {
            return -1;
        }
        return Math.max(-1, Arrays.binarySearch(positions, row * grid + column));
    }
}
