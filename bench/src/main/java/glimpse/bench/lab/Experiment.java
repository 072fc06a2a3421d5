package glimpse.bench.lab;

import java.util.List;
import java.util.function.Supplier;

/**
 * A question with several answers to compare.
 *
 * @param title the question
 * @param unit what {@link Variant#operations} counts, a nanosecond: GFLOP/s
 * @param reference what every variant must compute
 * @param tolerance the largest difference allowed
 * @param variants the first is what the others are compared with
 */
record Experiment(String title, String unit, Supplier<float[]> reference, float tolerance, List<Variant> variants) {
    Experiment {
        variants = List.copyOf(variants);
    }
}
