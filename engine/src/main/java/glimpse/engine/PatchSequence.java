package glimpse.engine;

import java.util.Arrays;
import java.util.Objects;

/**
 * An image as the engine sees it: patches with their positions. The edge gets the whole sequence, the server a
 * subsequence; both go through the same forward pass. Immutable.
 */
public final class PatchSequence {
    private final int patchLength;
    private final int[] positions; // [patches], strictly ascending
    private final float[] values; // [patches][patchLength], a patch in the order [channel][row][column]

    private PatchSequence(int patchLength, int[] positions, float[] values) {
        this.patchLength = patchLength;
        this.positions = positions;
        this.values = values;
    }

    /**
     * Makes a sequence of copies of the arrays.
     *
     * @param patchLength values of one patch, at least 1
     * @param positions {@code [patches]}: each patch's index in the image's row-major grid, strictly ascending, not
     *     negative; may be empty
     * @param values {@code [patches][patchLength]}: normalised pixels, a patch in the order {@code
     *     [channel][row][column]}
     * @throws IllegalArgumentException if the positions don't ascend or the lengths don't fit
     */
    public static PatchSequence of(int patchLength, int[] positions, float[] values) {
        if (patchLength < 1) {
            throw new IllegalArgumentException("patchLength is " + patchLength + ", expected at least 1");
        }
        if (values.length != (long) positions.length * patchLength) {
            throw new IllegalArgumentException("values has " + values.length + " elements, expected " + positions.length
                    + " patches x " + patchLength);
        }
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0 || (i > 0 && positions[i] <= positions[i - 1])) {
                throw new IllegalArgumentException(
                        "positions[" + i + "] is " + positions[i] + ", expected strictly ascending from 0");
            }
        }
        return new PatchSequence(patchLength, positions.clone(), values.clone());
    }

    /** Number of patches, 0 or more. */
    public int patches() {
        return positions.length;
    }

    /** Values of one patch. */
    public int patchLength() {
        return patchLength;
    }

    /** The position in the image's grid of the patch at {@code index}. */
    public int position(int index) {
        return positions[index];
    }

    /** A copy of the positions, strictly ascending. */
    public int[] positions() {
        return positions.clone();
    }

    /** A copy of the values, {@code [patches][patchLength]}. */
    public float[] values() {
        return values.clone();
    }

    /**
     * The subsequence at the given positions.
     *
     * @param kept grid positions, strictly ascending, each present in this sequence; may be empty
     * @throws IllegalArgumentException naming the position that is missing or out of order
     */
    public PatchSequence select(int[] kept) {
        Objects.requireNonNull(kept);
        float[] selected = new float[kept.length * patchLength];
        for (int i = 0; i < kept.length; i++) {
            int index = Arrays.binarySearch(positions, kept[i]);
            if (index < 0 || (i > 0 && kept[i] <= kept[i - 1])) {
                throw new IllegalArgumentException(
                        "kept[" + i + "] is " + kept[i] + ", expected strictly ascending positions of this sequence");
            }
            System.arraycopy(values, index * patchLength, selected, i * patchLength, patchLength);
        }
        return new PatchSequence(patchLength, kept.clone(), selected);
    }

    /** The values themselves, for the engine alone. */
    float[] rawValues() {
        return values;
    }

    /** The positions themselves, for the engine alone. */
    int[] rawPositions() {
        return positions;
    }
}
