package glimpse.bench.clients;

import glimpse.bench.DeitSize;
import glimpse.bench.RandomModel;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench clients}: 16 clients of one model against two threads that keep its workers busy. */
@Command(
        name = "clients",
        description =
                "Compares 16 clients of one model, on platform and on virtual threads, with two platform threads.")
public final class ClientsCommand implements Callable<Integer> {
    private static final int CLIENTS = 16;
    private static final int BUSY = 2; // as many as keep the workers busy while one returns

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--model", defaultValue = "TINY", description = "Model size. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private DeitSize size;

    @Option(names = "--patches", defaultValue = "196", description = "Patches per image. Default: ${DEFAULT-VALUE}.")
    private int patches;

    @Option(names = "--threads", defaultValue = "2", description = "Threads of the workers. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--seconds", defaultValue = "3", description = "Seconds per run. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Runs of each kind. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    private ClientsCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try (Workers workers = Workers.of(threads)) {
            VisionTransformer model = RandomModel.load(size.config(), workers);
            PatchSequence input = RandomModel.sequence(size.config(), patches, 1);
            model.newSession().warmUp();
            List<Session> sessions = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> model.newSession())
                    .toList();
            Clients busy = new Clients(BUSY + " platform", Thread.ofPlatform(), sessions.subList(0, BUSY));
            Clients platform = new Clients(CLIENTS + " platform", Thread.ofPlatform(), sessions);
            Clients virtual = new Clients(CLIENTS + " virtual", Thread.ofVirtual(), sessions);
            measure(List.of(busy, platform, virtual), input);
            return 0;
        }
    }

    /** Lets the kinds of clients take turns, since machines are noisy. */
    private void measure(List<Clients> kinds, PatchSequence input) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        long before = usedBytes();
        kinds.getLast().run(input, 1);
        out.printf(Locale.ROOT, "%.1f MB of heap per session%n%n", (usedBytes() - before) / 1e6 / CLIENTS);
        out.printf(
                "| clients | passes/s | of the first | median ms | p99 ms | p99 / median |%n|---|---|---|---|---|---|%n");
        for (int round = 0; round < rounds; round++) {
            double first = 0;
            for (Clients clients : kinds) {
                Latencies latencies = clients.run(input, seconds);
                first = first == 0 ? latencies.perSecond() : first;
                double median = latencies.quantileMillis(0.5);
                double p99 = latencies.quantileMillis(0.99);
                out.printf(
                        Locale.ROOT,
                        "| %s | %.1f | %.3f | %.1f | %.1f | %.2f |%n",
                        clients.name(),
                        latencies.perSecond(),
                        latencies.perSecond() / first,
                        median,
                        p99,
                        p99 / median);
                out.flush();
            }
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
