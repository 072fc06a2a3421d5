package glimpse.collab.channel;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Estimates from recent exchanges how long the next one takes: a fixed time (round trip, server) plus the request's
 * bytes over the goodput, a straight line fitted by least squares in which each exchange weighs less than the next.
 * After a while without a measurement nothing is known, so that an exchange is risked and measured. Thread-safe.
 */
final class LinkEstimate {
    private static final double DECAY = 0.8; // the last five exchanges decide
    private static final double STALE_DECAY = 0.1; // one measurement outweighs all stale ones
    private static final int FEWEST = 3;
    private static final double LEAST_SPREAD = 0.05; // of the sizes, below which they tell nothing about the slope

    private final long validNanos;
    private final LongSupplier clock;

    private int count;
    private long measured; // when
    private double weight;
    private double bytes; // weighted sums from here
    private double nanos;
    private double bytesBytes;
    private double bytesNanos;

    /**
     * Creates an estimate without measurements.
     *
     * @param valid how long the last measurement counts
     * @param clock a monotonic time in nanoseconds
     */
    LinkEstimate(Duration valid, LongSupplier clock) {
        this.validNanos = valid.toNanos();
        this.clock = clock;
    }

    /** Adds an exchange: the request's bytes and the time until its reply. */
    synchronized void record(int requestBytes, long exchangeNanos) {
        double decay = expired() ? STALE_DECAY : DECAY;
        weight = weight * decay + 1;
        bytes = bytes * decay + requestBytes;
        nanos = nanos * decay + exchangeNanos;
        bytesBytes = bytesBytes * decay + (double) requestBytes * requestBytes;
        bytesNanos = bytesNanos * decay + (double) requestBytes * exchangeNanos;
        count++;
        measured = clock.getAsLong();
    }

    /** Returns the expected time of an exchange in nanoseconds; 0 if too little is known. */
    synchronized long expectedNanos(int requestBytes) {
        if (count < FEWEST || expired()) {
            return 0;
        }
        double meanBytes = bytes / weight;
        double meanNanos = nanos / weight;
        double variance = bytesBytes / weight - meanBytes * meanBytes;
        double spread = LEAST_SPREAD * meanBytes;
        double slope =
                variance > spread * spread ? Math.max(0, (bytesNanos / weight - meanBytes * meanNanos) / variance) : 0;
        double base = meanNanos - slope * meanBytes;
        if (base < 0) { // no round trip takes less than no time: a line through the origin
            slope = meanNanos / meanBytes;
            base = 0;
        }
        return (long) (base + slope * requestBytes);
    }

    private boolean expired() {
        return clock.getAsLong() - measured > validNanos;
    }
}
