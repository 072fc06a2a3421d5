package glimpse.engine.parallel;

import java.util.concurrent.atomic.AtomicLong;

/** The units of a share that are still to be done: its owner takes them from the front, thieves from the back. */
final class UnitRange {
    private final AtomicLong range = new AtomicLong(); // end in the high half, begin in the low half

    void set(int begin, int end) {
        range.set(pack(begin, end));
    }

    /** Takes the first unit and returns it; -1 if none is left. */
    int first() {
        for (long now = range.get(); begin(now) < end(now); now = range.get()) {
            if (range.compareAndSet(now, pack(begin(now) + 1, end(now)))) {
                return begin(now);
            }
        }
        return -1;
    }

    /** Takes the last unit and returns it; -1 if none is left. */
    int last() {
        for (long now = range.get(); begin(now) < end(now); now = range.get()) {
            if (range.compareAndSet(now, pack(begin(now), end(now) - 1))) {
                return end(now) - 1;
            }
        }
        return -1;
    }

    private static long pack(int begin, int end) {
        return (long) end << 32 | begin;
    }

    private static int begin(long range) {
        return (int) range;
    }

    private static int end(long range) {
        return (int) (range >>> 32);
    }
}
