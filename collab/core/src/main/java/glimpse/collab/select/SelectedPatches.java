package glimpse.collab.select;

import java.util.Arrays;

/** The patches that a selection keeps, and what their scores were. Immutable. */
public final class SelectedPatches {
    private final int[] positions; // [kept], ascending
    private final float leastScore;
    private final float sumOfScores;

    private SelectedPatches(int[] positions, float leastScore, float sumOfScores) {
        this.positions = positions;
        this.leastScore = leastScore;
        this.sumOfScores = sumOfScores;
    }

    /** The first {@code count} of an order of positions. */
    static SelectedPatches firstOf(int[] order, int count, float[] scores) {
        float least = Float.NaN;
        float sum = 0;
        for (int i = 0; i < count; i++) {
            float score = scores[order[i]];
            least = i == 0 ? score : Math.min(least, score);
            sum += score;
        }
        int[] positions = Arrays.copyOf(order, count);
        Arrays.sort(positions);
        return new SelectedPatches(positions, least, sum);
    }

    /** Number of kept patches, 0 or more. */
    public int count() {
        return positions.length;
    }

    /** A copy of the kept positions, strictly ascending. */
    public int[] positions() {
        return positions.clone();
    }

    /** The least score of a kept patch; NaN if nothing is kept. */
    public float leastScore() {
        return leastScore;
    }

    /** The sum of the kept patches' scores, 0..1; 0 if nothing is kept. */
    public float sumOfScores() {
        return sumOfScores;
    }
}
