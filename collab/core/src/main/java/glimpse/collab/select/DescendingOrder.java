package glimpse.collab.select;

import java.util.Arrays;

/** Positions by descending score, of equal scores the lower position first; NaN comes last. */
final class DescendingOrder {
    private DescendingOrder() {}

    /** {@code [positions]} of {@code [positions]} scores. */
    static int[] of(float[] scores) {
        // one long a position sorts both at once: the descending score above, the position below
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

    /** An integer that descends as the score ascends. */
    private static int descendingKey(float score) {
        if (Float.isNaN(score)) {
            return Integer.MAX_VALUE;
        }
        int bits = Float.floatToIntBits(score + 0f); // + 0 makes -0 equal to 0
        return bits < 0 ? bits & Integer.MAX_VALUE : ~bits;
    }
}
