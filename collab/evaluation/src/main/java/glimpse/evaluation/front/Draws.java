package glimpse.evaluation.front;

import glimpse.evaluation.metrics.Interval;
import java.util.Arrays;
import java.util.Random;

/** Images drawn with replacement, as many as there are and the same ones every time: the draws of a bootstrap. */
final class Draws {
    /** How often a set of images is drawn. */
    static final int COUNT = 2000;

    private static final long SEED = 0;
    private static final double TAIL = 0.025;

    private Draws() {}

    /** Takes a draw. */
    interface Taker {
        /**
         * Takes a draw.
         *
         * @param number its number, from 0
         * @param times {@code [images]}, how often each image is drawn
         */
        void take(int number, int[] times);
    }

    /** Draws images. */
    static void forEach(int images, Taker taker) {
        Random random = new Random(SEED);
        for (int number = 0; number < COUNT; number++) {
            int[] times = new int[images];
            for (int i = 0; i < images; i++) {
                times[random.nextInt(images)]++;
            }
            taker.take(number, times);
        }
    }

    /**
     * Returns the 95 % interval of what was computed from each draw.
     *
     * @param values in any order, at least one, none NaN
     */
    static Interval interval(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int tail = (int) (TAIL * sorted.length);
        return new Interval(sorted[tail], sorted[sorted.length - 1 - tail]);
    }
}
