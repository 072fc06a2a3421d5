package glimpse.bench.report;

import java.util.Arrays;

/**
 * Measurements by their median and quartiles, which a few disturbed ones don't move.
 *
 * @param median the middle one
 * @param low a quarter are below
 * @param high a quarter are above
 * @param count how many
 */
public record Sample(double median, double low, double high, int count) {
    /** Summarises at least one value. */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurement, expected at least one");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Sample(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75), sorted.length);
    }

    /** From the lower to the upper quartile, in percent of the median. */
    public double spreadPercent() {
        return 100 * (high - low) / median;
    }

    /** Between the neighbours of the position, linearly. */
    private static double quantile(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
