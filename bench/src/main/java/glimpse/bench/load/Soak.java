package glimpse.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends very many requests and compares what the server holds before and after. */
final class Soak {
    private static final int CONNECTIONS = 64;
    private static final int PARTS = 10;
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final double MIB = 1 << 20;

    private final ServerProcess server;
    private final LoadGenerator generator;

    Soak(ServerProcess server, HttpTarget target) {
        this.server = server;
        this.generator = new LoadGenerator(target, CONNECTIONS);
    }

    /**
     * Sends at least so many requests and prints what the server holds after each tenth of them, the first of which
     * warms it up, and at the end how many exchanges ended with each status.
     */
    void run(long requests) throws IOException, InterruptedException {
        System.out.println("  requests  others  live, MiB  resident, MiB  threads  open files");
        long sent = 0;
        Map<Integer, Long> statuses = new TreeMap<>();
        for (int part = 1; part <= PARTS; part++) {
            while (sent < requests / PARTS * part) {
                LoadResult result = generator.closed(STEP);
                sent += result.total();
                result.counts().forEach((status, count) -> statuses.merge(status, count, Long::sum));
            }
            long others = sent - statuses.getOrDefault(OK, 0L);
            double live = server.liveBytes() / MIB; // collects, so before the others
            ServerProcess.Held held = server.held();
            System.out.printf(
                    Locale.ROOT,
                    "%10d %7d %10.1f %14.1f %8d %11d%n",
                    sent,
                    others,
                    live,
                    held.residentBytes() / MIB,
                    held.threads(),
                    held.files());
        }
        statuses.forEach((status, count) ->
                System.out.println("  " + (status == LoadResult.BROKEN ? "broken" : status) + ": " + count));
    }
}
