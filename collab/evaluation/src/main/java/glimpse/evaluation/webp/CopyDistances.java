package glimpse.evaluation.webp;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The pixels that a copy can begin at with a short code (RFC 9649, section 3.6.2.2): those nearest to the current pixel
 * among the ones before it, ordered by distance, then from top to bottom, then from left to right.
 */
final class CopyDistances {
    private static final int ROWS = 8;
    private static final int MOST_LEFT = 8;
    private static final int MOST_RIGHT = 7;
    private static final Neighbour[] NEAREST = nearest();

    private CopyDistances() {}

    /**
     * A pixel before the current one.
     *
     * @param left columns to its left; negative if it is to its right
     * @param up rows above
     */
    private record Neighbour(int left, int up) {
        int squaredDistance() {
            return left * left + up * up;
        }
    }

    private static Neighbour[] nearest() {
        return IntStream.range(0, ROWS)
                .boxed()
                .flatMap(up -> IntStream.rangeClosed(-MOST_RIGHT, MOST_LEFT)
                        .filter(left -> up > 0 || left > 0)
                        .mapToObj(left -> new Neighbour(left, up)))
                .sorted(Comparator.comparingInt(Neighbour::squaredDistance)
                        .thenComparing(Comparator.comparingInt(Neighbour::up).reversed())
                        .thenComparing(Comparator.comparingInt(Neighbour::left).reversed()))
                .toArray(Neighbour[]::new);
    }

    /**
     * Returns how many pixels back a copy begins, row by row.
     *
     * @param code from 1
     * @param width of the image
     */
    static int distance(int code, int width) {
        if (code > NEAREST.length) {
            return code - NEAREST.length;
        }
        Neighbour neighbour = NEAREST[code - 1];
        return Math.max(1, neighbour.up() * width + neighbour.left());
    }
}
