package glimpse.bench.report;

import java.util.Arrays;

/**
 * The median and quartiles of some measurements, which a few outliers don't move.
 *
 * @param median the median
 * @param low the lower quartile
 * @param high the upper quartile
 * @param count the number of measurements
 */
public record Sample(double median, double low, double high, int count) {
    /**
     * Summarises measurements.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurements, expected at least one");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Sample(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75), sorted.length);
    }

    /** Returns the interquartile range in percent of the median. */
    public double spreadPercent() {
        return 100 * (high - low) / median;
    }

    /** Interpolates linearly between the two values next to the quantile. */
    private static double quantile(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
