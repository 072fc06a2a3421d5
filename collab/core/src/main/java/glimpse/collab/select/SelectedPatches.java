package glimpse.collab.select;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The positions of the patches that a selection keeps, and a summary of their scores. Immutable. */
public final class SelectedPatches {
    private final int[] order; // [count], as they were selected
    private final int[] positions; // [count], ascending
    private final float lowestScore;
    private final float sumOfScores;

    private SelectedPatches(int[] order, float lowestScore, float sumOfScores) {
        this.order = order;
        this.positions = order.clone();
        Arrays.sort(positions);
        this.lowestScore = lowestScore;
        this.sumOfScores = sumOfScores;
    }

    /** Selects the first {@code count} positions of an order. */
    static SelectedPatches firstOf(int[] order, int count, float[] scores) {
        float lowest = Float.NaN;
        float sum = 0;
        for (int i = 0; i < count; i++) {
            float score = scores[order[i]];
            lowest = i == 0 ? score : Math.min(lowest, score);
            sum += score;
        }
        return new SelectedPatches(Arrays.copyOf(order, count), lowest, sum);
    }

    /**
     * Returns these patches together with those of an earlier selection.
     *
     * @param scores of all patches, by position
     */
    SelectedPatches and(SelectedPatches earlier, float[] scores) {
        int[] missing = earlier.positionsBeyond(this);
        if (missing.length == 0) {
            return this;
        }
        if (positionsBeyond(earlier).length == 0) {
            return earlier;
        }
        int[] all = Arrays.copyOf(positions, positions.length + missing.length);
        System.arraycopy(missing, 0, all, positions.length, missing.length);
        SelectedPatches both = firstOf(all, all.length, scores);
        IntStream later = Arrays.stream(order).filter(position -> !earlier.contains(position));
        int[] inTurn = IntStream.concat(Arrays.stream(earlier.order), later).toArray();
        return new SelectedPatches(inTurn, both.lowestScore, both.sumOfScores);
    }

    private boolean contains(int position) {
        return Arrays.binarySearch(positions, position) >= 0;
    }

    /** Returns the positions that aren't among another selection's, strictly ascending. */
    public int[] positionsBeyond(SelectedPatches other) {
        return Arrays.stream(positions)
                .filter(position -> !other.contains(position))
                .toArray();
    }

    /** Returns the number of selected patches, 0 or more. */
    public int count() {
        return positions.length;
    }

    /** Returns a copy of the selected positions, strictly ascending. */
    public int[] positions() {
        return positions.clone();
    }

    /** Returns a copy of the selected positions in the order in which they were selected. */
    public int[] order() {
        return order.clone();
    }

    /** Returns the lowest score of a selected patch; NaN if none is selected. */
    public float lowestScore() {
        return lowestScore;
    }

    /** Returns the sum of the selected patches' scores, 0..1; 0 if none is selected. */
    public float sumOfScores() {
        return sumOfScores;
    }
}
