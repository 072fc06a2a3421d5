package glimpse.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import glimpse.evaluation.run.HeapKeeper;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerHeapTest {
    private final AtomicLong used = new AtomicLong(100);
    private final AtomicInteger collections = new AtomicInteger();

    private long used() {
        if (used.get() < 0) {
            throw new OutOfMemoryError("full");
        }
        return used.get();
    }

    @Test
    void runningOutOfMemoryWhileItIsMeasuredEndsNothing() {
        ServerHeap heap = new ServerHeap(keeper(50), List.of());
        used.set(-1);
        assertThatCode(heap::check).doesNotThrowAnyException();
        used.set(200);
        heap.check();
        assertThat(collections).hasValue(1);
    }

    @Test
    void aBurstIsCollectedAtOnceAndLessThanThatAtEveryHundredthCheck() {
        ServerHeap heap = new ServerHeap(keeper(50), keeper(20));
        used.set(151);
        heap.check();
        assertThat(collections).hasValue(1);
        used.set(171); // the first keeper counts from 151 now, the second from 100
        for (int check = 2; check < 100; check++) {
            heap.check();
        }
        assertThat(collections).hasValue(1);
        heap.check();
        assertThat(collections).hasValue(2);
    }

    private List<HeapKeeper> keeper(long growth) {
        return List.of(HeapKeeper.of(this::used, collections::incrementAndGet, growth));
    }
}
