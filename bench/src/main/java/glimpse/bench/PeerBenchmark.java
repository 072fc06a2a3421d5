package glimpse.bench;

import glimpse.bench.peer.PeerEngine;
import glimpse.bench.peer.PeerModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** This engine and ONNX Runtime with the same weights and image; the script that runs it makes the files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 800, timeUnit = TimeUnit.MILLISECONDS)
public class PeerBenchmark {
    /** System property that names the folder of {@link PeerModels}. */
    public static final String FOLDER = "glimpse.bench.peers";

    private static final float TOLERANCE = 1e-3f;

    /** The model. */
    @Param({"TINY", "SMALL", "BASE"})
    public DeitSize model;

    /** Threads of a pass. */
    @Param({"1", "2"})
    public int threads;

    /** Who computes. */
    @Param({"GLIMPSE", "ONNX_RUNTIME"})
    public PeerEngine.Kind engine;

    private PeerEngine running;

    /** Loads the engine and checks its logits against the other's. */
    @Setup
    public void setUp() throws IOException {
        PeerModels models = new PeerModels(Path.of(System.getProperty(FOLDER, "target/peers")));
        for (PeerEngine.Kind kind : PeerEngine.Kind.values()) {
            if (kind != engine) {
                try (PeerEngine other = PeerEngine.open(kind, models, model, 1)) {
                    running = PeerEngine.open(engine, models, model, threads);
                    requireEqual(running.forward(), other.forward());
                }
            }
        }
    }

    /** Ends it. */
    @TearDown
    public void tearDown() {
        running.close();
    }

    /** One pass. */
    @Benchmark
    public float[] forward() {
        return running.forward();
    }

    private static void requireEqual(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i] - b[i]) <= TOLERANCE)) {
                throw new IllegalStateException(
                        "logit " + i + " is " + a[i] + " here and " + b[i] + " there, expected 1e-3 or less between");
            }
        }
    }
}
