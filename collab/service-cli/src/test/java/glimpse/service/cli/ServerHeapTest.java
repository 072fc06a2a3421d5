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
        ServerHeap heap = new ServerHeap(List.of(HeapKeeper.of(this::used, collections::incrementAndGet, 50)));
        used.set(-1);
        assertThatCode(heap::check).doesNotThrowAnyException();
        used.set(200);
        heap.check();
        assertThat(collections).hasValue(1);
    }
}
