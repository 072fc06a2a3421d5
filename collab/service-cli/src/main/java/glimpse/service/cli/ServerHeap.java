package glimpse.service.cli;

import glimpse.evaluation.run.HeapKeeper;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/**
 * Keeps a server's heap small. Under load, bodies that wait survive some collections of the young generation and become
 * old, and the serial collector leaves the old generation alone until the heap is full. Other collectors look after it
 * themselves.
 */
final class ServerHeap {
    private static final String SERIAL_COLLECTOR = "MarkSweepCompact";
    private static final long GROWTH_BYTES = 48L << 20;

    private final List<HeapKeeper> keepers;

    ServerHeap(List<HeapKeeper> keepers) {
        this.keepers = keepers;
    }

    static ServerHeap ofVirtualMachine() {
        boolean serial = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .anyMatch(SERIAL_COLLECTOR::equals);
        return new ServerHeap(
                serial
                        ? ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(ServerHeap::isOld)
                                .map(pool -> HeapKeeper.of(() -> pool.getUsage().getUsed(), System::gc, GROWTH_BYTES))
                                .toList()
                        : List.of());
    }

    /** Pools of the young generation have no usage threshold. */
    private static boolean isOld(MemoryPoolMXBean pool) {
        return pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported();
    }

    /** Collects the old generation if it has grown much; takes microseconds otherwise. */
    void check() {
        try {
            keepers.forEach(HeapKeeper::check);
        } catch (OutOfMemoryError _) { // measuring takes memory, too; thrown on, it would stop the server
        }
    }
}
