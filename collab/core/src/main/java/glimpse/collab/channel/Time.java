package glimpse.collab.channel;

import java.time.Duration;

/** The passing of time, which tests replace. */
interface Time {
    /** Returns a monotonic time in nanoseconds since an arbitrary moment. */
    long nanos();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** Returns the computer's time. */
    static Time system() {
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }
        };
    }
}
