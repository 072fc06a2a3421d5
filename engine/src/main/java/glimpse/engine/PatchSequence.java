package glimpse.engine;

import glimpse.engine.layer.PatchValues;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * An image as the engine sees it: patches with their positions in a square grid. The edge gets the whole sequence, the
 * server a subsequence; both go through the same forward pass. Immutable.
 */
public final class PatchSequence {
    private static final int MOST_PER_SIDE = 1 << 15;

    private final int grid;
    private final int patchLength;
    private final int[] positions; // [patches], strictly ascending
    private final PatchValues values;

    private PatchSequence(int grid, int patchLength, int[] positions, PatchValues values) {
        this.grid = grid;
        this.patchLength = patchLength;
        this.positions = positions;
        this.values = values;
    }

    /**
     * Creates a sequence from copies of the arrays.
     *
     * @param grid patches along one side of the image that the positions refer to, 1..32768
     * @param patchLength values of one patch, at least 1
     * @param positions {@code [patches]}: each patch's index in the row-major grid, {@code 0..grid x grid - 1},
     *     strictly ascending; may be empty
     * @param values {@code [patches][patchLength]}: normalised pixels, a patch in the order
     *     {@code [channel][row][column]}
     * @throws IllegalArgumentException if a position is outside the grid or out of order, or the lengths don't fit
     */
    public static PatchSequence of(int grid, int patchLength, int[] positions, float[] values) {
        Objects.requireNonNull(values, "values");
        return of(grid, patchLength, positions, FloatBuffer.wrap(values));
    }

    /**
     * Creates a sequence from copies of an array and of a buffer's content, which may lie outside the heap.
     *
     * @param grid patches along one side of the image that the positions refer to, 1..32768
     * @param patchLength values of one patch, at least 1
     * @param positions {@code [patches]}: each patch's index in the row-major grid, {@code 0..grid x grid - 1},
     *     strictly ascending; may be empty
     * @param values {@code [patches][patchLength]} from its position to its limit, which stay as they are: normalised
     *     pixels, a patch in the order {@code [channel][row][column]}
     * @throws IllegalArgumentException if a position is outside the grid or out of order, or the lengths don't fit
     */
    public static PatchSequence of(int grid, int patchLength, int[] positions, FloatBuffer values) {
        Objects.requireNonNull(values, "values");
        int[] copy = checkedPositions(grid, patchLength, positions, "values", values.remaining());
        float[] copies = new float[values.remaining()];
        values.get(values.position(), copies);
        return new PatchSequence(grid, patchLength, copy, new PatchValues.Normalised(copies));
    }

    /**
     * Creates a sequence from a copy of pixels in 8 bits, which take a quarter of the memory and become the model's
     * values as a pass reads them.
     *
     * @param grid patches along one side of the image that the positions refer to, 1..32768
     * @param patchLength values of one patch, at least 1, a multiple of the number of channels
     * @param positions {@code [patches]}: each patch's index in the row-major grid, {@code 0..grid x grid - 1},
     *     strictly ascending; may be empty
     * @param pixels {@code [patches][row][column][channel]} from its position to its limit, which stay as they are,
     *     each 0..255; it may lie outside the heap
     * @param levels {@code [channels][256]}: the value of each level of a channel
     * @throws IllegalArgumentException if a position is outside the grid or out of order, or the lengths don't fit
     */
    public static PatchSequence ofPixels(
            int grid, int patchLength, int[] positions, ByteBuffer pixels, float[] levels) {
        Objects.requireNonNull(pixels, "pixels");
        Objects.requireNonNull(levels, "levels");
        int[] copy = checkedPositions(grid, patchLength, positions, "pixels", pixels.remaining());
        int channels = levels.length / PatchValues.LEVELS;
        if (channels == 0 || levels.length % PatchValues.LEVELS != 0 || patchLength % channels != 0) {
            throw new IllegalArgumentException("levels has " + levels.length + " elements, expected "
                    + PatchValues.LEVELS + " for each channel of patches of " + patchLength + " values");
        }
        byte[] copies = new byte[pixels.remaining()];
        pixels.get(pixels.position(), copies);
        return new PatchSequence(grid, patchLength, copy, new PatchValues.Pixels(copies, levels.clone()));
    }

    /** Returns a copy of the positions. */
    private static int[] checkedPositions(int grid, int patchLength, int[] positions, String name, int count) {
        Objects.requireNonNull(positions, "positions");
        if (grid < 1 || grid > MOST_PER_SIDE) {
            throw new IllegalArgumentException("grid is " + grid + ", expected 1.." + MOST_PER_SIDE);
        }
        if (patchLength < 1) {
            throw new IllegalArgumentException("patchLength is " + patchLength + ", expected at least 1");
        }
        if (count != (long) positions.length * patchLength) {
            throw new IllegalArgumentException(
                    name + " has " + count + " elements, expected " + positions.length + " patches x " + patchLength);
        }
        int[] copy = positions.clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] < 0 || (i > 0 && copy[i] <= copy[i - 1]) || copy[i] >= grid * grid) {
                throw new IllegalArgumentException("positions[" + i + "] is " + copy[i]
                        + ", expected strictly ascending positions in 0.." + (grid * grid - 1) + ", a grid of " + grid
                        + " x " + grid + " patches");
            }
        }
        return copy;
    }

    /** Returns the number of patches along one side of the image's grid. */
    public int grid() {
        return grid;
    }

    /** Returns the number of patches, 0 or more. */
    public int patches() {
        return positions.length;
    }

    /** Returns the number of values of one patch. */
    public int patchLength() {
        return patchLength;
    }

    /**
     * Returns a patch's position in the grid.
     *
     * @param index of the patch in this sequence, 0..patches-1
     */
    public int position(int index) {
        Indices.check("index", index, positions.length);
        return positions[index];
    }

    /** Returns a copy of the positions, strictly ascending. */
    public int[] positions() {
        return positions.clone();
    }

    /** Returns a copy of the values, {@code [patches][patchLength]}. */
    public float[] values() {
        return values.copy(patchLength);
    }

    /**
     * Returns the subsequence at the given positions.
     *
     * @param kept grid positions, strictly ascending, each present in this sequence; may be empty
     * @throws IllegalArgumentException naming the position that is missing or out of order
     */
    public PatchSequence select(int[] kept) {
        Objects.requireNonNull(kept, "kept");
        int[] indices = new int[kept.length];
        for (int i = 0; i < kept.length; i++) {
            int index = Arrays.binarySearch(positions, kept[i]);
            if (index < 0 || (i > 0 && kept[i] <= kept[i - 1])) {
                throw new IllegalArgumentException(
                        "kept[" + i + "] is " + kept[i] + ", expected strictly ascending positions of this sequence");
            }
            indices[i] = index;
        }
        return new PatchSequence(grid, patchLength, kept.clone(), values.select(indices, patchLength));
    }

    /** Returns the values without a copy, for the engine alone. */
    PatchValues rawValues() {
        return values;
    }

    /** Returns the positions without a copy, for the engine alone. */
    int[] rawPositions() {
        return positions;
    }
}
