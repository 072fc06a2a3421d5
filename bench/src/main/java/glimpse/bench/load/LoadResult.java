package glimpse.bench.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came back, and after how long. Thread-safe. */
final class LoadResult {
    /** The status of an exchange that broke. */
    static final int BROKEN = 0;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] PERCENTILES = {50, 95, 99, 99.9, 100};

    private final Map<Integer, Times> byStatus = new TreeMap<>(); // guarded by this

    /** Times in nanoseconds, in the order in which they came. */
    private static final class Times {
        private long[] nanos = new long[1024];
        private int count;

        void add(long one) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = one;
        }
    }

    synchronized void add(int status, long nanos) {
        byStatus.computeIfAbsent(status, key -> new Times()).add(nanos);
    }

    /** Adds what another result has. */
    void addAll(LoadResult other) {
        synchronized (other) {
            other.byStatus.forEach((status, times) -> {
                for (int i = 0; i < times.count; i++) {
                    add(status, times.nanos[i]);
                }
            });
        }
    }

    /** Returns how many exchanges there were. */
    synchronized long total() {
        return byStatus.values().stream().mapToLong(times -> times.count).sum();
    }

    /** Returns how many exchanges ended with each status. */
    synchronized Map<Integer, Long> counts() {
        Map<Integer, Long> counts = new TreeMap<>();
        byStatus.forEach((status, times) -> counts.put(status, (long) times.count));
        return counts;
    }

    /** Returns how many exchanges ended with a status. */
    synchronized int count(int status) {
        Times times = byStatus.get(status);
        return times == null ? 0 : times.count;
    }

    /** Returns the share of exchanges of a status that took at most so long. */
    synchronized double shareWithin(int status, long nanos) {
        Times times = byStatus.get(status);
        if (times == null) {
            return 0;
        }
        return Arrays.stream(times.nanos, 0, times.count)
                        .filter(one -> one <= nanos)
                        .count()
                / (double) times.count;
    }

    /**
     * Returns a percentile by the nearest rank, in nanoseconds.
     *
     * @throws IllegalArgumentException if there is no exchange of that status
     */
    synchronized long percentile(int status, double percent) {
        Times times = byStatus.get(status);
        if (times == null) {
            throw new IllegalArgumentException("no exchange ended with status " + status);
        }
        long[] sorted = Arrays.copyOf(times.nanos, times.count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }

    /** Returns one line per status: how many, how many per second, and after how many milliseconds. */
    synchronized String table(long nanos) {
        StringBuilder table = new StringBuilder();
        byStatus.forEach((status, times) -> {
            table.append(String.format(
                    Locale.ROOT,
                    "  %-7s %8d  %8.1f/s ",
                    status == BROKEN ? "broken" : status.toString(),
                    times.count,
                    times.count * NANOS_PER_SECOND / nanos));
            for (double percent : PERCENTILES) {
                table.append(String.format(
                        Locale.ROOT, "  p%s %.2f ms", name(percent), percentile(status, percent) / NANOS_PER_MILLI));
            }
            table.append('\n');
        });
        return table.toString();
    }

    private static String name(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
