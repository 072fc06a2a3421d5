package glimpse.evaluation.front;

import java.util.Random;

/** Images drawn with replacement, as many as there are and the same ones every time: the draws of a bootstrap. */
final class Draws {
    /** How often a set of images is drawn. */
    static final int COUNT = 2000;

    private static final long SEED = 0;

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
}
