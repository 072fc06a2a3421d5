package glimpse.service.queue;

import glimpse.service.queue.RefusedException.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how long requests would wait, and refuses those for which that is too long. Guarded by the queue's lock.
 */
final class Admission {
    private static final int MARGIN = 4; // a wait may take a quarter longer than estimated

    private final QueueLimits limits;
    private final BatchSelection selection;
    private final RunningBatches running;
    private final LongSupplier clock;
    private boolean closed;

    Admission(QueueLimits limits, BatchSelection selection, RunningBatches running, LongSupplier clock) {
        this.limits = limits;
        this.selection = selection;
        this.running = running;
        this.clock = clock;
    }

    /** Refuses all requests from now on. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns why a request is refused; null if it is accepted. */
    @Nullable
    RefusedException refusal(ModelLane lane, Priority priority, Duration timeLeft, int patches, long multiplyAdds) {
        long wait = waitNanos(priority);
        if (closed) {
            return new RefusedException(Reason.DRAINING, "the server is shutting down", millis(wait));
        }
        if (!timeLeft.isPositive()) {
            return BatchSelection.deadlinePassed();
        }
        if (selection.waiting() >= limits.requests()) {
            return new RefusedException(
                    Reason.QUEUE_FULL, "the queue is full: " + selection.waiting() + " requests wait", millis(wait));
        }
        if (wait > limits.maxWait().toNanos()) {
            return new RefusedException(
                    Reason.QUEUE_FULL,
                    "the queue is full: the estimated wait is " + millis(wait) + " ms",
                    millis(wait - limits.maxWait().toNanos()));
        }
        // an idle model takes any request: an estimate that was too high is corrected by the next pass alone
        long needed = wait
                + wait / MARGIN
                + running.passNanos(lane, multiplyAdds, patches, selection.waiting(), limits.batchPatches());
        if (wait > 0 && needed > timeLeft.toNanos()) {
            return new RefusedException(
                    Reason.TOO_LATE,
                    "the reply is estimated to take " + millis(needed) + " ms, the client waits " + timeLeft.toMillis()
                            + " ms",
                    millis(wait));
        }
        return null;
    }

    private static long millis(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Estimates how many nanoseconds a new request would wait. */
    long waitNanos(Priority priority) {
        long nanos = selection.nanos(Priority.INTERACTIVE);
        if (priority == Priority.BULK) {
            nanos += selection.nanos(Priority.BULK);
        }
        nanos += running.remainingNanos(clock.getAsLong());
        return nanos;
    }
}
