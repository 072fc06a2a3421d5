package glimpse.bench.report;

import java.util.Locale;

/** A named group of benchmarks. */
public enum Subset {
    /** Kernels and matrix products. */
    KERNELS("KernelBenchmark|GemmBenchmark|ValueGemmBenchmark"),
    /** Single layers. */
    LAYERS("LayerBenchmark"),
    /** Whole forward passes. */
    MODELS("ForwardBenchmark"),
    /** Many clients at once. */
    CONCURRENCY("ConcurrencyBenchmark"),
    /** Decoding, and classification of an image file. */
    END_TO_END("EndToEndBenchmark"),
    /** This engine beside another. */
    PEERS("PeerBenchmark");

    private final String classes; // a regular expression

    Subset(String classes) {
        this.classes = classes;
    }

    /** Returns the name on the command line and in result files: {@code end-to-end}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns a regular expression that finds the subset's benchmarks by their qualified names.
     *
     * @param filter regular expression that must also match somewhere in the name; empty for all benchmarks
     */
    public String pattern(String filter) {
        return "^(?=.*(?:" + filter + ")).*\\.(" + classes + ")\\.";
    }
}
