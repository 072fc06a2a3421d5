package glimpse.bench.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench lab}: runs the experiments and prints a table for each. */
@Command(name = "lab", description = "Runs the experiments behind the kernels.", sortOptions = false)
public final class LabCommand implements Runnable {
    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final long ROUND_NANOS = 30_000_000L;
    private static final int ROUNDS = 15;

    // Numbered in this order. Suppliers, because some experiments hold many matrices: only one is live at a time.
    private static final List<Supplier<Experiment>> EXPERIMENTS = List.of(
            BlockingParameters::microTile,
            BlockingParameters::kc,
            WeightPrefetching::experiment,
            ColumnMaximum::experiment,
            StrassenWinograd::experiment);

    @Option(names = "--only", paramLabel = "N", description = "Run only experiment N (1..5); default: all.")
    private int only;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        if (only < 0 || only > EXPERIMENTS.size()) {
            throw new ParameterException(
                    spec.commandLine(), "--only is " + only + ", expected 1.." + EXPERIMENTS.size());
        }
        for (int number = 1; number <= EXPERIMENTS.size(); number++) {
            if (only == 0 || only == number) {
                print(number, EXPERIMENTS.get(number - 1).get());
            }
        }
    }

    private static void print(int number, Experiment experiment) {
        System.out.printf("%n## %d. %s%n%n", number, experiment.title());
        System.out.printf("| variant | %s | min..max | vs. first |%n|---|---|---|---|%n", experiment.unit());
        List<List<Double>> rates = new ArrayList<>();
        for (Variant variant : experiment.variants()) {
            check(experiment, variant);
            rates.add(new ArrayList<>());
            rate(variant, WARM_UP_NANOS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < rates.size(); i++) {
                rates.get(i).add(rate(experiment.variants().get(i), ROUND_NANOS));
            }
        }
        rates.forEach(Collections::sort);
        double first = rates.getFirst().get(ROUNDS / 2);
        for (int i = 0; i < rates.size(); i++) {
            List<Double> sorted = rates.get(i);
            String name = experiment.variants().get(i).name();
            double median = sorted.get(ROUNDS / 2);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f..%.1f | %.2f |%n",
                    name,
                    median,
                    sorted.getFirst(),
                    sorted.getLast(),
                    median / first);
        }
    }

    private static void check(Experiment experiment, Variant variant) {
        variant.run().run();
        float[] result = variant.result().get();
        float[] reference = experiment.reference().get();
        for (int i = 0; i < reference.length; i++) {
            if (!(Math.abs(result[i] - reference[i]) <= experiment.tolerance())) {
                throw new IllegalStateException(experiment.title() + ", " + variant.name() + ": value " + i + " is "
                        + result[i] + ", expected " + reference[i] + " within " + experiment.tolerance());
            }
        }
    }

    /** Repeats a variant for at least {@code nanos} and returns its operations per nanosecond. */
    private static double rate(Variant variant, long nanos) {
        long begin = System.nanoTime();
        long elapsed;
        int runs = 0;
        do {
            variant.run().run();
            runs++;
            elapsed = System.nanoTime() - begin;
        } while (elapsed < nanos);
        return variant.operations() * runs / elapsed;
    }
}
