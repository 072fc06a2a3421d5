package glimpse.bench.load;

import glimpse.bench.DeitSize;
import glimpse.bench.RandomModel;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.RejectedRequestException;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench service}: the server alone and overloaded, against the engine in process. */
@Command(
        name = "service",
        description = "Measures the server over loopback, alone and overloaded, against the engine in process.",
        sortOptions = false)
public final class ServiceCommand implements Callable<Integer> {
    private static final VitConfig SMALL = new VitConfig(64, 16, 3, 64, 2, 2, 128, 1, 10, true, 1e-6f);
    private static final int[] CONNECTIONS = {1, 8, 64, 256};
    private static final int BATCH_PATCHES = 800; // the server's default
    private static final int OK = 200;
    private static final int REFUSED = 429;
    private static final int TOO_LATE = 504;
    private static final double OVERLOAD = 5;
    private static final int PATIENT_MILLIS = 25_000;
    private static final int OVERLOAD_CONNECTIONS = 512;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MIB = 1 << 20;

    @Option(names = "--program", required = true, paramLabel = "FILE", description = "The glimpse to start.")
    @SuppressWarnings("NullAway.Init")
    private Path program;

    @Option(names = "--model", paramLabel = "SIZE", defaultValue = "TINY", description = "TINY, SMALL or BASE.")
    @SuppressWarnings("NullAway.Init")
    private DeitSize size;

    @Option(names = "--patches", paramLabel = "N", defaultValue = "148", description = "Patches per request.")
    private int patches;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Threads; 0 for all cores.")
    private int threads;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "Time per measurement.")
    private int seconds;

    @Option(
            names = "--overload-seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Time at 5 times the capacity; 0 leaves it out.")
    private int overloadSeconds;

    @Option(
            names = "--deadline",
            paramLabel = "MILLIS",
            defaultValue = "1000",
            description = "Of each request of the overload.")
    private int deadlineMillis;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Send N requests to a small random model instead, and compare what the server holds.")
    private long requests;

    private ServiceCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException, RejectedRequestException {
        Path file = Files.createTempFile("glimpse-bench", ".safetensors");
        try {
            int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
            if (requests > 0) {
                soak(file, used);
                return 0;
            }
            RandomModel.write(size.config(), file);
            byte[] message = message(size.config(), patches);
            InProcessTimes inProcess = inProcess(file, used, message);
            double capacity;
            // nothing is refused: clients that repeat refused requests at once would take the cores from the model
            try (ServerProcess server = ServerProcess.start(
                    program, file, used, List.of("--max-queue=" + PATIENT_MILLIS, "--max-peer-requests=1024"))) {
                HttpTarget target = target(server, message, PATIENT_MILLIS);
                new LoadGenerator(target, 8).closed(Duration.ofSeconds(seconds)); // compiles
                capacity = alone(target, inProcess);
            }
            if (overloadSeconds > 0) {
                try (ServerProcess server = ServerProcess.start(program, file, used, List.of())) {
                    HttpTarget target = target(server, message, deadlineMillis);
                    new LoadGenerator(target, 8).closed(Duration.ofSeconds(seconds));
                    overload(server, target, capacity);
                }
            }
            return 0;
        } finally {
            Files.delete(file);
        }
    }

    private static HttpTarget target(ServerProcess server, byte[] message, int millis) {
        return new HttpTarget(
                server.patches(),
                Map.of("Content-Type", "application/octet-stream", "Glimpse-Deadline-Millis", Integer.toString(millis)),
                message);
    }

    private void soak(Path file, int used) throws IOException, InterruptedException {
        RandomModel.write(SMALL, file);
        try (ServerProcess server = ServerProcess.start(program, file, used, List.of())) {
            new Soak(server, target(server, message(SMALL, SMALL.patches()), PATIENT_MILLIS)).run(requests);
        }
    }

    private static byte[] message(VitConfig config, int patches) {
        byte[] pixels = new byte[patches * config.patchLength()];
        new Random(1).nextBytes(pixels);
        PixelPatches random =
                PixelPatches.of(config.patchSize(), config.channels(), RandomModel.positions(patches), pixels);
        return PatchRequest.of(1, config.grid(), random, PayloadCodec.raw()).encode();
    }

    /** What the server can't beat. */
    private record InProcessTimes(double imagesPerSecond, long loneNanos) {}

    private InProcessTimes inProcess(Path file, int used, byte[] message) throws IOException, RejectedRequestException {
        Duration duration = Duration.ofSeconds(seconds);
        try (Workers workers = Workers.of(used)) {
            InProcess engine = new InProcess(Classifier.load(file, workers), message);
            int batch = Math.max(1, BATCH_PATCHES / patches);
            double images = engine.imagesPerSecond(batch, duration);
            long lone = engine.medianNanos(duration);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d patches, %d threads; in process: %.1f images/s in batches of %d, %.2f ms alone%n",
                    size,
                    patches,
                    used,
                    images,
                    batch,
                    lone / NANOS_PER_MILLI);
            return new InProcessTimes(images, lone);
        }
    }

    /** Measures closed loops and returns the most requests per second. */
    private double alone(HttpTarget target, InProcessTimes inProcess) {
        double most = 0;
        for (int connections : CONNECTIONS) {
            LoadGenerator generator = new LoadGenerator(target, connections);
            long start = System.nanoTime();
            LoadResult result = generator.closed(Duration.ofSeconds(seconds));
            long nanos = System.nanoTime() - start;
            double rate = result.count(OK) * 1e9 / nanos;
            most = Math.max(most, rate);
            System.out.printf(
                    Locale.ROOT,
                    "%d connections: %.1f %% of the engine in process%n%s",
                    connections,
                    100 * rate / inProcess.imagesPerSecond,
                    result.table(nanos));
            if (connections == 1 && result.count(OK) > 0) {
                long model = generator.modelTimes().percentile(OK, 50);
                System.out.printf(
                        Locale.ROOT,
                        "  a lone request: model %.2f ms (in process %.2f ms), added to that %.2f ms (p50)%n",
                        model / NANOS_PER_MILLI,
                        inProcess.loneNanos / NANOS_PER_MILLI,
                        (result.percentile(OK, 50) - model) / NANOS_PER_MILLI);
            }
        }
        return most;
    }

    private void overload(ServerProcess server, HttpTarget target, double capacity)
            throws IOException, InterruptedException {
        long before = server.heapBytes();
        LoadGenerator generator = new LoadGenerator(target, OVERLOAD_CONNECTIONS);
        long start = System.nanoTime();
        LoadResult result = generator.open(Duration.ofSeconds(overloadSeconds), OVERLOAD * capacity);
        long nanos = System.nanoTime() - start;
        start = System.nanoTime();
        LoadResult after = new LoadGenerator(target, 8).closed(Duration.ofSeconds(1));
        double recovered = after.count(OK) * 1e9 / (System.nanoTime() - start);
        System.out.printf(
                Locale.ROOT,
                "overload, %.0f requests/s for %d s:%n%s",
                OVERLOAD * capacity,
                overloadSeconds,
                result.table(nanos));
        long accepted = result.count(OK) + (long) result.count(TOO_LATE);
        long inTime = Math.round(result.count(OK) * result.shareWithin(OK, (long) (deadlineMillis * NANOS_PER_MILLI)));
        System.out.printf(
                Locale.ROOT,
                "  accepted %d, within %d ms %.2f %%",
                accepted,
                deadlineMillis,
                100.0 * inTime / Math.max(1, accepted));
        if (result.count(REFUSED) > 0) {
            System.out.printf(Locale.ROOT, "; refusals p99 %.2f ms", result.percentile(REFUSED, 99) / NANOS_PER_MILLI);
        }
        System.out.printf(
                Locale.ROOT,
                "; in the second after: %.1f %% of the capacity; heap in use %.1f MiB before, %.1f MiB after%n",
                100 * recovered / capacity,
                before / MIB,
                server.heapBytes() / MIB);
    }
}
