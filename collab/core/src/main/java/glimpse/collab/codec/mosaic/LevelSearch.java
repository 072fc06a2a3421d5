package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.Model;
import java.util.Arrays;

/**
 * Chooses a block's levels so that distortion and bits are least: squared error in steps plus {@link #LAMBDA} for each
 * bit. Levels are decided in the order in which they are coded, with the bits that they cost then; whatever comes after
 * a diagonal is left out where that is better. Not safe for use by several threads.
 */
final class LevelSearch {
    /**
     * What a bit costs, in squared steps: a third of what would give the least squared error for the bytes, since a
     * model misses small levels more than that.
     */
    static final float LAMBDA = 0.035f;

    /** Ratios below this become 0. */
    private static final float THRESHOLD = 0.55f;

    private static final int DIAGONALS = 31;

    private final float[] ratios = new float[Block.SIZE];
    private final float[] empty = new float[DIAGONALS]; // distortion of a diagonal without levels
    private final float[] costs = new float[DIAGONALS]; // of a diagonal with the levels chosen
    private final boolean[] filled = new boolean[DIAGONALS]; // whether it has any
    private int last;

    /** Returns the last diagonal that has a level after {@link #search}, or -1. */
    int last() {
        return last;
    }

    /**
     * Chooses levels.
     *
     * @param syntax has begun the block
     * @param coefficients {@code [side][side]}, rows {@link Block#STRIDE} apart
     * @param inverses 1 / step of each
     * @param levels receives the levels
     * @return the cost
     */
    float search(BlockSyntax syntax, float[] coefficients, float[] inverses, int side, int[] levels) {
        int top = divide(coefficients, inverses, side);
        float all = 0;
        for (int d = 0; d <= 2 * side - 2; d++) {
            all += empty[d];
        }
        Arrays.fill(levels, 0);
        float least = all + LAMBDA * syntax.lastBits(0, false);
        last = -1;
        if (top < 0) {
            return least;
        }
        choose(syntax, side, top, levels);
        least = cut(syntax, all, top, least);
        if (last < top) {
            clearAfter(levels, side);
        }
        return least;
    }

    private int divide(float[] coefficients, float[] inverses, int side) {
        int top = -1;
        Arrays.fill(empty, 0, 2 * side - 1, 0);
        for (int v = 0; v < side; v++) {
            for (int u = 0; u < side; u++) {
                int at = v * Block.STRIDE + u;
                float ratio = coefficients[at] * inverses[at];
                ratios[at] = ratio;
                empty[u + v] += ratio * ratio;
                if (Math.abs(ratio) >= THRESHOLD && u + v > top) {
                    top = u + v;
                }
            }
        }
        return top;
    }

    /** Finds the best last diagonal for the levels chosen. */
    private float cut(BlockSyntax syntax, float all, int top, float ofNone) {
        float least = ofNone;
        float bits = 0;
        float cost = all;
        for (int d = 0; d <= top; d++) {
            cost += costs[d] - empty[d];
            bits += syntax.lastBits(d, true);
            if (filled[d]) {
                float end = d < syntax.maxDiagonal() ? syntax.lastBits(d + 1, false) : 0;
                float total = cost + LAMBDA * (bits + end);
                if (total < least) {
                    least = total;
                    last = d;
                }
            }
        }
        return least;
    }

    private void clearAfter(int[] levels, int side) {
        for (int v = 0; v < side; v++) {
            for (int u = Math.max(0, last + 1 - v); u < side; u++) {
                levels[v * Block.STRIDE + u] = 0;
            }
        }
    }

    private void choose(BlockSyntax syntax, int side, int top, int[] levels) {
        for (int d = top; d >= 0; d--) {
            float sum = 0;
            filled[d] = false;
            int to = Math.min(d, side - 1);
            for (int u = Math.max(0, d - side + 1); u <= to; u++) {
                int at = (d - u) * Block.STRIDE + u;
                float ratio = Math.abs(ratios[at]);
                int p = syntax.nonzeroProbability(levels, u, d - u);
                float least = ratio * ratio + LAMBDA * Model.bitsOf(0, p);
                int magnitude = 0;
                if (ratio >= THRESHOLD) {
                    float nonzero = LAMBDA * Model.bitsOf(1, p);
                    int nearest = (int) (ratio + 0.5f);
                    for (int m = nearest; m >= Math.max(1, nearest - 1); m--) {
                        float error = ratio - m;
                        float cost = error * error + nonzero + LAMBDA * syntax.levelBits(m, d);
                        if (cost < least) {
                            least = cost;
                            magnitude = m;
                        }
                    }
                }
                sum += least;
                if (magnitude > 0) {
                    filled[d] = true;
                    levels[at] = ratios[at] < 0 ? -magnitude : magnitude;
                }
            }
            costs[d] = sum;
        }
    }
}
