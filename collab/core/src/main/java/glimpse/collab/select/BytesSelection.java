package glimpse.collab.select;

import java.util.Arrays;
import java.util.PrimitiveIterator;

/**
 * Selects as many patches, in their order, as one message of a given length holds: the message with one more patch
 * would be longer. Selects none if not even one fits. The length is that of the message itself, whose codec this
 * doesn't know.
 *
 * @param bytes the longest message, at least 0
 */
public record BytesSelection(int bytes) implements PatchBudget {
    static final String NAME = "bytes";

    /** Checks that the budget isn't negative. */
    public BytesSelection {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes is " + bytes + ", expected at least 0");
        }
    }

    @Override
    public int[] take(PrimitiveIterator.OfInt order, ScoredPatches patches) {
        return new Search(order, patches).longest();
    }

    @Override
    public boolean needsMessageLength() {
        return true;
    }

    @Override
    public String spec() {
        return NAME + ":" + bytes;
    }

    /** The search for the longest message. Each one costs an encoding, so the next guess follows from the last two. */
    private final class Search {
        private static final int FIRST_GUESS = 16;
        private static final int BISECT_EVERY = 3; // guesses could all fall on one side

        private final PrimitiveIterator.OfInt order;
        private final MessageLength message;
        private final int[] first; // [patches], the order as far as it is known
        private int known;
        private int fits; // a number of patches that does
        private int bytesOfFits;
        private int exceeds; // one that doesn't, or one more than there are
        private int bytesOfExceeds;

        Search(PrimitiveIterator.OfInt order, ScoredPatches patches) {
            this.order = order;
            this.message = patches.messageLength();
            this.first = new int[patches.scores().length];
        }

        int[] longest() {
            int bytesOfNone = message.bytes(new int[0]);
            bytesOfFits = bytesOfNone;
            exceeds = bytesOfNone > bytes ? 1 : first.length + 1;
            int guess = Math.min(FIRST_GUESS, first.length);
            for (int step = 0; exceeds - fits > 1; step++) {
                if (step > 0) {
                    guess = step % BISECT_EVERY == 0 ? (fits + exceeds) / 2 : next(bytesOfNone);
                }
                int length = message.bytes(ascending(guess));
                if (length <= bytes) {
                    fits = guess;
                    bytesOfFits = length;
                } else {
                    exceeds = guess;
                    bytesOfExceeds = length;
                }
            }
            return Arrays.copyOf(first, fits);
        }

        /** Returns where a straight line reaches the budget, between what fits and what doesn't. */
        private int next(int bytesOfNone) {
            boolean bracketed = exceeds <= first.length;
            long patches = bracketed ? exceeds - fits : fits;
            long rise = bracketed ? bytesOfExceeds - bytesOfFits : bytesOfFits - bytesOfNone;
            long further = rise <= 0 ? exceeds : (bytes - bytesOfFits) * patches / rise;
            return Math.clamp(fits + further, fits + 1, exceeds - 1);
        }

        private int[] ascending(int count) {
            while (known < count) {
                first[known++] = order.nextInt();
            }
            int[] positions = Arrays.copyOf(first, count);
            Arrays.sort(positions);
            return positions;
        }
    }
}
