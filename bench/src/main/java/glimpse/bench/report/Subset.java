package glimpse.bench.report;

import java.util.Locale;

/** A group of benchmarks that is run by its name. */
public enum Subset {
    /** The inner loops and the matrix products. */
    KERNELS("KernelBenchmark|GemmBenchmark|ValueGemmBenchmark"),
    /** The layers. */
    LAYERS("LayerBenchmark"),
    /** Whole forward passes. */
    MODELS("ForwardBenchmark"),
    /** Many clients at once. */
    CONCURRENCY("ConcurrencyBenchmark"),
    /** From an image file to the answer. */
    END_TO_END("EndToEndBenchmark"),
    /** Other engines. */
    PEERS("PeerBenchmark");

    private final String classes; // a regular expression

    Subset(String classes) {
        this.classes = classes;
    }

    /** As on the command line and in the results: {@code end-to-end}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Regular expression that finds its benchmarks, or those of them whose name has {@code part} too. */
    public String pattern(String part) {
        return "^(?=.*" + part + ").*\\.(" + classes + ")\\.";
    }
}
