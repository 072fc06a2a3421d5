package glimpse.engine.kernel;

import java.util.Arrays;

/**
 * Says which weights come next: those that came next in the last pass. A model's weights don't fit the caches, and the
 * processor's own prefetching doesn't keep up with the first reading of each; so a product reads some numbers of what
 * comes after it while it multiplies. Belongs to one session.
 */
public final class ReadAhead {
    private Weights[] order = new Weights[8]; // as the pass goes
    private int size;
    private int position;

    /** What comes after these weights, which are about to be used; the first ones where that is not known yet. */
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
