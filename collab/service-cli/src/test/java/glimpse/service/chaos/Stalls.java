package glimpse.service.chaos;

import java.time.Duration;

/** Notices when this machine, busy with other work, keeps a thread waiting that should run. */
final class Stalls {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration LEAST = Duration.ofMillis(50);

    private Duration longest = Duration.ZERO; // guarded by this
    private Duration total = Duration.ZERO; // guarded by this

    /** Watches from now on. */
    static Stalls watch() {
        Stalls stalls = new Stalls();
        Thread.ofPlatform().daemon().start(stalls::run);
        return stalls;
    }

    private void run() {
        try {
            while (true) {
                long start = System.nanoTime();
                Thread.sleep(TICK);
                Duration late = Duration.ofNanos(System.nanoTime() - start).minus(TICK);
                if (late.compareTo(LEAST) > 0) {
                    add(late);
                }
            }
        } catch (InterruptedException e) {
            // nobody does
        }
    }

    private synchronized void add(Duration late) {
        total = total.plus(late);
        longest = late.compareTo(longest) > 0 ? late : longest;
    }

    /** Returns the longest wait so far; shorter ones than 50 ms are none. */
    synchronized Duration longest() {
        return longest;
    }

    /** Returns all waits so far together. */
    synchronized Duration total() {
        return total;
    }
}
