package glimpse.collab.select;

import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;

/**
 * Orders patches so that each complements those before it: next comes the patch with the largest product of its score,
 * to the power of a weight, and its least distance to those before (cosine distance of tokens); the first has the
 * highest score. Of equal products the lower position comes first; scores that aren't numbers come last.
 *
 * <p>A patch's product can only fall while the order grows. So a product that was computed earlier is a bound, and only
 * the patches whose bounds come first are compared with what has joined since.
 */
final class ComplementingOrder implements PrimitiveIterator.OfInt {
    private static final Comparator<Candidate> ORDER =
            Comparator.comparingDouble((Candidate one) -> -one.product).thenComparingInt(one -> one.position);

    private static final double ABOVE_ANY_DISTANCE = 3; // cosine distances are at most 2 but for rounding

    private final PatchTokens tokens;
    private final PriorityQueue<Candidate> candidates;
    private final int[] order; // the first `size` are known
    private int size;

    /**
     * Begins an order.
     *
     * @param weight how much the scores count, 0 or more; with 0 they choose the first patch alone
     */
    ComplementingOrder(ScoredPatches patches, float weight) {
        float[] scores = patches.scores();
        int highest = scores.length == 0 ? -1 : DescendingOrder.of(scores)[0];
        this.tokens = patches.tokens();
        this.candidates = new PriorityQueue<>(Math.max(1, scores.length), ORDER);
        this.order = new int[scores.length];
        for (int position = 0; position < scores.length; position++) {
            Candidate candidate = new Candidate(position, scores[position], weight);
            if (position == highest) {
                candidate.product = Double.POSITIVE_INFINITY;
            }
            candidates.add(candidate);
        }
    }

    private static final class Candidate {
        private final int position;
        private final double base; // the score to the power of the weight; -1 if it isn't a number
        private double distance = Double.POSITIVE_INFINITY; // the least to the first `compared` patches
        private int compared;
        private double product;

        Candidate(int position, float score, float weight) {
            this.position = position;
            this.base =
                    Float.isNaN(score) ? -1 : StrictMath.pow(Math.max(score, 0), weight); // the same bits everywhere
            this.product = base < 0 ? base : base * ABOVE_ANY_DISTANCE;
        }
    }

    @Override
    public boolean hasNext() {
        return size < order.length;
    }

    @Override
    public int nextInt() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Candidate first = candidates.remove();
        while (first.compared < size) {
            compare(first);
            candidates.add(first);
            first = candidates.remove();
        }
        order[size++] = first.position;
        return first.position;
    }

    private void compare(Candidate candidate) {
        for (; candidate.compared < size; candidate.compared++) {
            double distance = Math.max(0, tokens.distance(candidate.position, order[candidate.compared]));
            candidate.distance = Math.min(candidate.distance, distance);
        }
        candidate.product = candidate.base < 0 ? -1 : candidate.base * candidate.distance;
    }
}
