package glimpse.collab.node;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Measures the stages of one image. For one thread. */
final class Stopwatch {
    private final LongSupplier clock;
    private final long start;
    private long lap;

    /** Starts. */
    Stopwatch(LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.lap = start;
    }

    /** Returns the time since the last call, or since the start. */
    Duration lap() {
        long before = lap;
        lap = clock.getAsLong();
        return Duration.ofNanos(lap - before);
    }

    /** Returns the time from the start to the last lap. */
    Duration total() {
        return Duration.ofNanos(lap - start);
    }
}
