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
    private static final int BATCH_PATCHES = 800; // the server's default
    private static final int OK = 200;
    private static final int REFUSED = 429;
    private static final int TOO_LATE = 504;
    private static final double OVERLOAD = 5;
    private static final int PATIENT_MILLIS = 25_000;
    private static final int OVERLOAD_CONNECTIONS = 512;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final String MEASURED = "model";
    private static final String QUICK = "quick";
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

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "4", description = "Time per measurement and round.")
    private int seconds;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "How often each is measured.")
    private int rounds;

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
        Path quick = Files.createTempFile("glimpse-bench", ".safetensors");
        try {
            int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
            if (requests > 0) {
                soak(file, used);
                return 0;
            }
            RandomModel.write(size.config(), file);
            RandomModel.write(quick(size.config()), quick);
            measure(file, quick, used);
            return 0;
        } finally {
            Files.delete(file);
            Files.delete(quick);
        }
    }

    private void measure(Path file, Path quick, int used)
            throws IOException, InterruptedException, RejectedRequestException {
        Map<String, Path> models = Map.of(MEASURED, file, QUICK, quick);
        byte[] message = message(size.config(), patches);
        double capacity;
        List<String> patient = List.of("--max-queue=" + PATIENT_MILLIS, "--max-peer-requests=1024");
        try (ServerProcess server = ServerProcess.start(program, models, used, patient)) {
            warmUp(server, message);
            HttpTarget target = target(server, MEASURED, message, PATIENT_MILLIS);
            capacity = alone(file, used, message, target);
        }
        if (overloadSeconds > 0) {
            try (ServerProcess server = ServerProcess.start(program, models, used, List.of())) {
                warmUp(server, message);
                overload(server, target(server, MEASURED, message, deadlineMillis), capacity);
            }
        }
    }

    /** Returns a model that takes the same requests and answers at once. */
    private static VitConfig quick(VitConfig config) {
        return new VitConfig(
                config.imageSize(), config.patchSize(), config.channels(), 64, 1, 1, 64, 1, 10, true, 1e-6f);
    }

    private static HttpTarget target(ServerProcess server, String model, byte[] message, int millis) {
        return new HttpTarget(
                server.patches(model),
                Map.of("Content-Type", "application/octet-stream", "Glimpse-Deadline-Millis", Integer.toString(millis)),
                message);
    }

    /**
     * Sends the same requests to a model that answers them at once, until the virtual machine has compiled the way to a
     * model and back: while the compiler runs, the model doesn't have the cores.
     */
    private static void warmUp(ServerProcess server, byte[] message) {
        new LoadGenerator(target(server, QUICK, message, PATIENT_MILLIS), WARM_UP_CONNECTIONS).closed(WARM_UP);
    }

    private void soak(Path file, int used) throws IOException, InterruptedException {
        RandomModel.write(SMALL, file);
        try (ServerProcess server = ServerProcess.start(program, Map.of(MEASURED, file), used, List.of())) {
            new Soak(server, target(server, MEASURED, message(SMALL, SMALL.patches()), PATIENT_MILLIS)).run(requests);
        }
    }

    private static byte[] message(VitConfig config, int patches) {
        byte[] pixels = new byte[patches * config.patchLength()];
        new Random(1).nextBytes(pixels);
        PixelPatches random =
                PixelPatches.of(config.patchSize(), config.channels(), RandomModel.positions(patches), pixels);
        return PatchRequest.of(1, config.grid(), random, PayloadCodec.raw()).encode();
    }

    /** Measures the server and the engine in process in turns, and returns the most requests per second. */
    private double alone(Path file, int used, byte[] message, HttpTarget target)
            throws IOException, RejectedRequestException {
        try (Workers workers = Workers.of(used)) {
            InProcess engine = new InProcess(Classifier.load(file, workers), message);
            InTurns turns = new InTurns(engine, Math.max(1, BATCH_PATCHES / patches), target);
            for (int round = 0; round < rounds; round++) {
                turns.round(Duration.ofSeconds(seconds));
            }
            System.out.printf("%s, %d patches, %d threads, %d rounds%n", size, patches, used, rounds);
            System.out.print(turns.table());
            return turns.capacity();
        }
    }

    private void overload(ServerProcess server, HttpTarget target, double capacity)
            throws IOException, InterruptedException {
        long before = server.liveBytes();
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
                "; in the second after: %.1f %% of the capacity; live objects %.1f MiB before, %.1f MiB after%n",
                100 * recovered / capacity,
                before / MIB,
                server.liveBytes() / MIB);
    }
}
