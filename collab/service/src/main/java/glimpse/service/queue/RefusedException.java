package glimpse.service.queue;

import java.util.Locale;

/** Thrown if a request isn't computed, for a reason that isn't the request's content. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final long retryAfterMillis;

    /** Why a request isn't computed. */
    public enum Reason {
        /** As many requests wait as the queue holds, or the estimated wait is longer than its limit. */
        QUEUE_FULL,
        /** The estimated wait is longer than the client waits. */
        TOO_LATE,
        /** The client's deadline has passed. */
        DEADLINE_PASSED,
        /** The server is shutting down. */
        DRAINING;

        /** Returns the reason as metrics and logs write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    RefusedException(Reason reason, String message, long retryAfterMillis) {
        super(message);
        this.reason = reason;
        this.retryAfterMillis = retryAfterMillis;
    }

    /** Returns why the request isn't computed. */
    public Reason reason() {
        return reason;
    }

    /** Returns after how many milliseconds, at least 1, the queue is estimated to accept the request. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
