package glimpse.evaluation.front;

import glimpse.evaluation.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * 95 % intervals of accuracies and of their differences, from images drawn with replacement: the same draws for all
 * points, so that a difference of two isn't blurred by how hard the images are. Immutable.
 */
final class PairedBootstrap {
    /** How often a set of as many images is drawn. */
    static final int RESAMPLES = 2000;

    private static final long SEED = 0;
    private static final double TAIL = 0.025;

    private final Map<List<Integer>, double[]> drawn; // accuracies in each draw, by the images answered wrong

    private PairedBootstrap(Map<List<Integer>, double[]> drawn) {
        this.drawn = drawn;
    }

    /**
     * Draws images.
     *
     * @param images number of images
     * @param outcomes all whose intervals and differences are asked for later
     */
    static PairedBootstrap of(int images, List<Outcome> outcomes) {
        Map<List<Integer>, double[]> drawn = new HashMap<>();
        outcomes.forEach(outcome -> drawn.putIfAbsent(outcome.wrong(), new double[RESAMPLES]));
        List<int[]> wrong = new ArrayList<>();
        List<double[]> accuracies = new ArrayList<>();
        drawn.forEach((indices, some) -> {
            wrong.add(indices.stream().mapToInt(Integer::intValue).toArray());
            accuracies.add(some);
        });
        Random random = new Random(SEED);
        for (int resample = 0; resample < RESAMPLES; resample++) {
            int[] times = new int[images]; // how often each image is drawn
            for (int i = 0; i < images; i++) {
                times[random.nextInt(images)]++;
            }
            for (int point = 0; point < wrong.size(); point++) {
                long errors = 0;
                for (int index : wrong.get(point)) {
                    errors += times[index];
                }
                accuracies.get(point)[resample] = 1 - (double) errors / images;
            }
        }
        return new PairedBootstrap(drawn);
    }

    /**
     * Returns the interval of an outcome's accuracy.
     *
     * @throws IllegalArgumentException if it isn't one of those that images were drawn for
     */
    Interval interval(Outcome outcome) {
        return interval(accuracies(outcome).clone());
    }

    /**
     * Returns by how much an outcome's accuracy is above another's, with the interval.
     *
     * @throws IllegalArgumentException as {@link #interval(Outcome)}
     */
    Difference difference(Outcome outcome, Outcome other) {
        double[] differences = accuracies(outcome).clone();
        double[] others = accuracies(other);
        for (int i = 0; i < differences.length; i++) {
            differences[i] -= others[i];
        }
        return new Difference(outcome.top1() - other.top1(), interval(differences));
    }

    private double[] accuracies(Outcome outcome) {
        double[] some = drawn.get(outcome.wrong());
        if (some == null) {
            throw new IllegalArgumentException("no images were drawn for an outcome with "
                    + outcome.wrong().size() + " wrong answers");
        }
        return some;
    }

    private static Interval interval(double[] values) {
        Arrays.sort(values);
        int tail = (int) (TAIL * values.length);
        return new Interval(values[tail], values[values.length - 1 - tail]);
    }
}
