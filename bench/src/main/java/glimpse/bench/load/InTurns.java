package glimpse.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The engine in process and the server, in turns: a machine whose speed changes from minute to minute changes both.
 * Each figure is the median of the rounds, with the smallest and the largest.
 */
final class InTurns {
    private static final int[] CONNECTIONS = {1, 8, 64, 256};
    private static final int OK = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    private final InProcess engine;
    private final int batch;
    private final HttpTarget target;

    private final List<Double> engineRates = new ArrayList<>(); // images per second, by round
    private final List<Double> engineMillis = new ArrayList<>(); // of a lone pass, by round
    private final List<Double> modelMillis = new ArrayList<>(); // of a lone request's pass, by round
    private final List<Double> addedMillis = new ArrayList<>(); // to a lone request's pass, by round
    private final List<Served> served = new ArrayList<>(); // by number of connections

    /** What so many connections got. */
    private static final class Served {
        private final int connections;
        private final LoadResult replies = new LoadResult();
        private final List<Double> shares = new ArrayList<>(); // of the engine's throughput, by round
        private final List<Double> rates = new ArrayList<>(); // requests per second, by round
        private long nanos;

        Served(int connections) {
            this.connections = connections;
        }
    }

    /**
     * Creates a comparison.
     *
     * @param batch images per pass in process
     */
    InTurns(InProcess engine, int batch, HttpTarget target) {
        this.engine = engine;
        this.batch = batch;
        this.target = target;
        for (int connections : CONNECTIONS) {
            served.add(new Served(connections));
        }
    }

    /** Measures everything once more, each for so long. */
    void round(Duration duration) {
        engineMillis.add(engine.medianNanos(duration) / NANOS_PER_MILLI);
        for (Served one : served) {
            double engineRate = engine.imagesPerSecond(batch, duration);
            engineRates.add(engineRate);
            LoadGenerator generator = new LoadGenerator(target, one.connections);
            long start = System.nanoTime();
            LoadResult result = generator.closed(duration);
            long nanos = System.nanoTime() - start;
            double rate = result.count(OK) * 1e9 / nanos;
            one.rates.add(rate);
            one.shares.add(100 * rate / engineRate);
            one.nanos += nanos;
            one.replies.addAll(result);
            if (one.connections == 1 && result.count(OK) > 0) {
                long model = generator.modelTimes().percentile(OK, 50);
                modelMillis.add(model / NANOS_PER_MILLI);
                addedMillis.add((result.percentile(OK, 50) - model) / NANOS_PER_MILLI);
            }
        }
    }

    /** Returns the requests per second of the number of connections with the most. */
    double capacity() {
        return served.stream().mapToDouble(one -> median(one.rates)).max().orElseThrow();
    }

    /** Returns the figures, a line or two for each number of connections. */
    String table() {
        StringBuilder table = new StringBuilder();
        line(table, "in process, images/s in batches of " + batch, engineRates);
        line(table, "in process, ms of a lone pass", engineMillis);
        line(table, "a lone request: ms of its pass", modelMillis);
        line(table, "a lone request: ms added to that (p50)", addedMillis);
        for (Served one : served) {
            line(table, one.connections + " connections, % of the engine in process", one.shares);
            table.append(one.replies.table(one.nanos));
        }
        return table.toString();
    }

    private static void line(StringBuilder table, String name, List<Double> rounds) {
        if (!rounds.isEmpty()) {
            table.append(String.format(
                    Locale.ROOT,
                    "%s: %.2f (%.2f to %.2f)%n",
                    name,
                    median(rounds),
                    Collections.min(rounds),
                    Collections.max(rounds)));
        }
    }

    private static double median(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
