package glimpse.engine.gemm;

import java.util.Arrays;

/**
 * Predicts which weights are used next: those that were next in the last pass. A model's weights don't fit the caches,
 * and the hardware prefetcher doesn't keep up with the first touch of each matrix; so a product loads a few numbers of
 * its successor while it multiplies. Belongs to one session.
 */
public final class WeightPrefetcher {
    private Weights[] order = new Weights[8]; // in the order of the pass
    private int size;
    private int position;

    /** Returns the successor of weights that are about to be used; the pass's first ones while it is unknown. */
    Weights after(Weights current) {
        if (size > 0 && order[0] == current) {
            position = 0;
        } else if (position == size || order[position] != current) {
            learn(current);
        }
        position++;
        return order[position < size ? position : 0];
    }

    private void learn(Weights current) {
        if (position == order.length) {
            order = Arrays.copyOf(order, 2 * position);
        }
        order[position] = current;
        size = position + 1;
    }
}
