package glimpse.evaluation.network;

import java.util.Arrays;
import java.util.Collection;

/**
 * The mean and percentiles of some values, by nearest rank: the lowest value that at least the given share of them
 * doesn't exceed. All NaN if there are no values.
 *
 * @param mean the arithmetic mean
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 */
public record Distribution(double mean, double p50, double p95, double p99) {
    /** Returns the distribution of some values, in any order; none may be NaN. */
    public static Distribution of(Collection<Double> values) {
        return ofSorted(
                0, values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /**
     * Returns the distribution of some zeros and other values.
     *
     * @param zeros the number of zeros
     * @param sorted the other values, ascending, none below 0
     */
    public static Distribution ofSorted(int zeros, double[] sorted) {
        int count = zeros + sorted.length;
        double mean = count == 0 ? Double.NaN : Arrays.stream(sorted).sum() / count;
        return new Distribution(mean, rank(zeros, sorted, 50), rank(zeros, sorted, 95), rank(zeros, sorted, 99));
    }

    private static double rank(int zeros, double[] sorted, int percent) {
        int count = zeros + sorted.length;
        int rank = (int) (((long) count * percent + 99) / 100); // from 1
        return count == 0 ? Double.NaN : rank <= zeros ? 0 : sorted[rank - 1 - zeros];
    }
}
