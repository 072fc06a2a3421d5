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

/** This engine and ONNX Runtime on the same weights and image, whose files {@code scripts/bench peers} writes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 800, timeUnit = TimeUnit.MILLISECONDS)
public class PeerBenchmark {
    /** System property with the folder of the {@link PeerModels}. */
    public static final String FOLDER = "glimpse.bench.peers";

    private static final float TOLERANCE = 1e-3f;

    /** Model size. */
    @Param({"TINY", "SMALL", "BASE"})
    public DeitSize model;

    /** Threads per forward pass. */
    @Param({"1", "2"})
    public int threads;

    /** The engine to time. */
    @Param({"GLIMPSE", "ONNX_RUNTIME"})
    public PeerEngine.Kind engine;

    private PeerEngine running;

    /** Loads the engine and checks its logits against the other engine's. */
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

    /** Closes the engine. */
    @TearDown
    public void tearDown() {
        running.close();
    }

    /** Runs one forward pass. */
    @Benchmark
    public float[] forward() {
        return running.forward();
    }

    private void requireEqual(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            throw new IllegalStateException(
                    engine + " computed " + actual.length + " logits, expected " + expected.length);
        }
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) {
                throw new IllegalStateException("logit " + i + " of " + engine + " is " + actual[i] + ", expected "
                        + expected[i] + " within " + TOLERANCE);
            }
        }
    }
}
