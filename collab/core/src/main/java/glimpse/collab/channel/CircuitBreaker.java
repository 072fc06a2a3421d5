package glimpse.collab.channel;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stops requests to a server that fails, and lets one through from time to time to see whether it is back. Closed, it
 * lets everything through; several failures in a row open it; when it has been open for a while it is half open: one
 * request, the trial, goes through, and closes it or opens it again. Thread-safe.
 *
 * <p>It is written here, in a page, because a device ships nothing but the JDK and this project's two jars.
 */
final class CircuitBreaker {
    private final int threshold;
    private final long openNanos;
    private final LongSupplier clock;

    private int failures; // in a row
    private boolean open;
    private boolean trial; // is under way
    private long until; // open until then

    /** What may be done with a request. */
    enum Permit {
        /** Send it. */
        SEND,
        /** Send it, once: it decides whether others may follow. */
        TRIAL,
        /** Don't send it. */
        NONE
    }

    /**
     * Creates a closed breaker.
     *
     * @param threshold the failures in a row that open it, at least 1
     * @param open how long it stays open before a trial
     * @param clock a monotonic time in nanoseconds
     */
    CircuitBreaker(int threshold, Duration open, LongSupplier clock) {
        this.threshold = threshold;
        this.openNanos = open.toNanos();
        this.clock = clock;
    }

    /** Decides about a request. Whoever gets a permit to send calls one of the other methods afterwards. */
    synchronized Permit acquire() {
        if (!open) {
            return Permit.SEND;
        }
        if (trial || until - clock.getAsLong() > 0) {
            return Permit.NONE;
        }
        trial = true;
        return Permit.TRIAL;
    }

    /** Reports that the server did its work. */
    synchronized void succeeded() {
        failures = 0;
        open = false;
        trial = false;
    }

    /** Reports that the server failed. */
    synchronized void failed() {
        failures = Math.min(failures + 1, threshold);
        if (open || failures == threshold) {
            openFor(openNanos);
        }
    }

    /** Reports that the server wants no request for a while. */
    synchronized void refused(Duration retryAfter) {
        openFor(retryAfter.toNanos());
    }

    /** Reports that a request ended in a way that tells nothing about the server. */
    synchronized void abandoned() {
        trial = false;
    }

    private void openFor(long nanos) {
        open = true;
        trial = false;
        until = clock.getAsLong() + nanos;
    }
}
