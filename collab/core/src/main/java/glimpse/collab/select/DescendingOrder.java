package glimpse.collab.select;

import java.util.Arrays;

/** Sorts positions by descending score; of equal scores the lower position comes first, NaN comes last. */
final class DescendingOrder {
    private DescendingOrder() {}

    /** Returns the positions of {@code scores} in descending order of score. */
    static int[] of(float[] scores) {
        // one long per position sorts by both: the descending score in the high half, the position in the low half
        long[] keys = new long[scores.length];
        for (int position = 0; position < keys.length; position++) {
            keys[position] = (long) descendingKey(scores[position]) << 32 | position;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** Maps a score to an integer that descends as the score ascends. */
    private static int descendingKey(float score) {
        if (Float.isNaN(score)) {
            return Integer.MAX_VALUE;
        }
        int bits = Float.floatToIntBits(score + 0f); // + 0 makes -0 equal to 0
        return bits < 0 ? bits & Integer.MAX_VALUE : ~bits;
    }
}
