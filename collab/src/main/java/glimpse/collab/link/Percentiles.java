package glimpse.collab.link;

import java.util.Arrays;
import java.util.Collection;

/**
 * How values are spread: the least of them that is at least as large as such a share of all (nearest rank). NaN if there
 * are none.
 *
 * @param count of the values
 * @param mean of the values
 * @param p50 the median
 * @param p95 what 95 % don't exceed
 * @param p99 what 99 % don't exceed
 */
public record Percentiles(int count, double mean, double p50, double p95, double p99) {
    /** Of some values, in any order; none may be NaN. */
    public static Percentiles of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        return new Percentiles(sorted.length, mean, rank(sorted, 50), rank(sorted, 95), rank(sorted, 99));
    }

    private static double rank(double[] sorted, int percent) {
        long rank = ((long) sorted.length * percent + 99) / 100; // from 1
        return sorted.length == 0 ? Double.NaN : sorted[(int) rank - 1];
    }
}
