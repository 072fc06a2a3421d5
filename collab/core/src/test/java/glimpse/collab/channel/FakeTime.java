package glimpse.collab.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when a test says so, or somebody sleeps. */
final class FakeTime implements Time {
    private final List<Duration> sleeps = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 5; // overflows soon, as System.nanoTime() may

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        pass(duration);
    }

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }

    List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }
}
