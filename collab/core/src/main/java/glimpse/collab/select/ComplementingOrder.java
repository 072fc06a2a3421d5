package glimpse.collab.select;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/**
 * Orders patches so that each complements those before it: next comes the patch with the largest product of its score,
 * to the power of a weight, and its least distance to those before (cosine distance of tokens); the first has the
 * highest score. Of equal products the lower position comes first; scores that aren't numbers come last.
 */
final class ComplementingOrder implements PrimitiveIterator.OfInt {
    private static final double NOT_A_NUMBER = -1; // below every product
    private static final double TAKEN = -2;

    private final PatchTokens tokens;
    private final int first; // the position of the highest score
    private final double[] weighted; // [patches]: scores to the power of the weight
    private final double[] distances; // [patches]: the least to those before
    private int size;
    private int last;

    /**
     * Begins an order.
     *
     * @param weight how much the scores count, 0 or more; with 0 they choose the first patch alone
     */
    ComplementingOrder(ScoredPatches patches, float weight) {
        float[] scores = patches.scores();
        this.tokens = patches.tokens();
        this.first = scores.length == 0 ? -1 : DescendingOrder.of(scores)[0];
        this.weighted = new double[scores.length];
        this.distances = new double[scores.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int i = 0; i < scores.length; i++) {
            // StrictMath: the same bits everywhere
            weighted[i] = Float.isNaN(scores[i]) ? NOT_A_NUMBER : StrictMath.pow(Math.max(scores[i], 0), weight);
        }
    }

    @Override
    public boolean hasNext() {
        return size < weighted.length;
    }

    @Override
    public int nextInt() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        last = size == 0 ? first : best();
        weighted[last] = TAKEN;
        size++;
        return last;
    }

    private int best() {
        double[] toLast = tokens.distances(last);
        int best = -1;
        double most = TAKEN;
        for (int i = 0; i < weighted.length; i++) {
            distances[i] = Math.min(distances[i], toLast[i]);
            double product = weighted[i] < 0 ? weighted[i] : weighted[i] * distances[i];
            if (product > most) {
                best = i;
                most = product;
            }
        }
        return best;
    }
}
