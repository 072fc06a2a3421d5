package glimpse.evaluation.network;

import java.util.Arrays;
import java.util.Collection;

/**
 * How values are spread: the least of them that is at least as large as such a share of all (nearest rank). NaN if there
 * are none.
 *
 * @param mean of the values
 * @param p50 the median
 * @param p95 what 95 % don't exceed
 * @param p99 what 99 % don't exceed
 */
public record Distribution(double mean, double p50, double p95, double p99) {
    /** Of some values, in any order; none may be NaN. */
    public static Distribution of(Collection<Double> values) {
        return ofSorted(
                0, values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /**
     * Of some zeros and other values.
     *
     * @param zeros how many
     * @param sorted the others, ascending, none below 0
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
