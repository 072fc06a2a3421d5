package glimpse.bench.lab;

import java.util.List;
import java.util.function.Supplier;

/**
 * Several ways to compute the same result, to be checked and timed.
 *
 * @param title heading of the table
 * @param unit unit of the rate, {@link Variant#operations} per nanosecond: GFLOP/s
 * @param reference the result that every variant must produce
 * @param tolerance largest absolute difference from the reference
 * @param variants the first is the baseline
 */
record Experiment(String title, String unit, Supplier<float[]> reference, float tolerance, List<Variant> variants) {
    Experiment {
        variants = List.copyOf(variants);
    }
}
