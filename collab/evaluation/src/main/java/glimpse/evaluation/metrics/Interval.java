package glimpse.evaluation.metrics;

import java.util.Arrays;

/**
 * A 95 % confidence interval. Immutable.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
    /** The standard normal distribution's quantile of 0.975. */
    private static final double Z = 1.959963984540054;

    private static final double TAIL = 0.025;

    /**
     * Returns Wilson's interval of a proportion.
     *
     * @param share the share of the images that were counted, 0..1
     * @param images number of images, at least 1
     */
    public static Interval ofShare(double share, int images) {
        double spread = Z * Z / images;
        double centre = (share + spread / 2) / (1 + spread);
        double half = Z / (1 + spread) * Math.sqrt((share * (1 - share) + spread / 4) / images);
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /**
     * Returns the interval of a mean, by the normal approximation.
     *
     * @param values one per image, at least two
     */
    public static Interval ofMean(double[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("there are " + values.length + " values, expected at least 2");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double half = Z * Math.sqrt(squares / (values.length - 1) / values.length);
        return new Interval(mean - half, mean + half);
    }

    /**
     * Returns the interval of what was computed again and again, from images that were drawn or divided at random: all
     * but 2.5 % of the values at either end.
     *
     * @param values in any order, at least one, none NaN
     */
    public static Interval ofDraws(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int tail = (int) (TAIL * sorted.length);
        return new Interval(sorted[tail], sorted[sorted.length - 1 - tail]);
    }

    /** Returns the interval in a unit of which there are {@code factor} in the present one. */
    public Interval times(double factor) {
        return new Interval(low * factor, high * factor);
    }

    /** Returns whether a value lies within the interval, or comes within {@code uncertainty} of it. */
    public boolean contains(double value, double uncertainty) {
        return value + uncertainty >= low && value - uncertainty <= high;
    }
}
