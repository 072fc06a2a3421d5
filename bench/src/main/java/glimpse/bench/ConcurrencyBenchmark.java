package glimpse.bench;

import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VisionTransformer;
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

/**
 * Many clients at once, each with its own session: platform and virtual threads, on shared workers and on their own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ConcurrencyBenchmark {
    /** Clients at once. */
    public static final int CLIENTS = 16;

    /** Passes of each client in one operation. */
    public static final int PASSES = 4;

    /** The kind of the clients' threads. */
    public enum Clients {
        /** Threads of the operating system. */
        PLATFORM,
        /** Threads of the virtual machine. */
        VIRTUAL;

        private Thread start(Runnable client) {
            return switch (this) {
                case PLATFORM -> Thread.ofPlatform().start(client);
                case VIRTUAL -> Thread.ofVirtual().start(client);
            };
        }
    }

    /** The kind of the clients' threads. */
    @Param({"PLATFORM", "VIRTUAL"})
    public Clients clients;

    /** Whether all sessions share workers, or each has its own. */
    @Param({"true", "false"})
    public boolean shared;

    /** Patches in each image: short passes show the cost of taking turns. */
    @Param({"20", "196"})
    public int patches;

    /** Threads of each team of workers. */
    @Param("2")
    public int threads;

    private final List<Workers> workers = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private PatchSequence input;

    /** Builds the model and a session for each client. */
    @Setup
    public void setUp() {
        VitConfig config = DeitSize.TINY.config();
        workers.add(Workers.of(threads));
        VisionTransformer model = RandomModel.load(config, workers.getFirst());
        for (int i = 0; i < CLIENTS; i++) {
            if (!shared) {
                workers.add(Workers.of(threads));
            }
            sessions.add(model.newSession(workers.getLast()));
        }
        input = RandomModel.sequence(config, patches, 1);
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        workers.forEach(Workers::close);
    }

    /** Four passes of each of 16 clients. */
    @Benchmark
    public void forward() throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (Session session : sessions) {
            running.add(clients.start(() -> {
                for (int i = 0; i < PASSES; i++) {
                    session.forward(input, Capture.none());
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
    }
}
