package glimpse.bench;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import java.util.ArrayList;
import java.util.List;
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

/** The whole forward pass, from patches to logits and the readout row of the attention. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 700, timeUnit = TimeUnit.MILLISECONDS)
public class ForwardBenchmark {
    /** Model size. */
    @Param({"TINY", "SMALL", "BASE"})
    public DeitSize model;

    /** Threads per forward pass. */
    @Param({"1", "2"})
    public int threads;

    /** Patches kept of each image's 196. */
    @Param({"196", "148", "98"})
    public int patches;

    /** Images per batch. */
    @Param({"1", "8"})
    public int batch;

    private Workers workers;
    private Session session;
    private List<PatchSequence> input;

    /** Builds the model and its input. */
    @Setup
    public void setUp() {
        VitConfig config = model.config();
        workers = Workers.of(threads);
        session = RandomModel.load(config, workers).newSession();
        input = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            input.add(RandomModel.sequence(config, patches, i));
        }
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        workers.close();
    }

    /** Runs the model on the batch. */
    @Benchmark
    public Output forward() {
        return session.forward(input, Capture.readoutRow());
    }
}
