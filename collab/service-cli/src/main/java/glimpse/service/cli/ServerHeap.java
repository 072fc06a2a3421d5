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
    private static final long BURST_BYTES = 48L << 20; // growth that is collected at once
    private static final long GROWTH_BYTES = 12L << 20; // growth that is collected every so many checks
    private static final int CHECKS = 100;

    private final List<HeapKeeper> bursts;
    private final List<HeapKeeper> growth;
    private int checks;

    /**
     * Creates a heap's keepers.
     *
     * @param bursts are asked at every check
     * @param growth are asked at every hundredth
     */
    ServerHeap(List<HeapKeeper> bursts, List<HeapKeeper> growth) {
        this.bursts = bursts;
        this.growth = growth;
    }

    /** Collects what the start has left, if the collector is one that wouldn't. */
    static ServerHeap ofVirtualMachine() {
        boolean serial = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .anyMatch(SERIAL_COLLECTOR::equals);
        if (!serial) {
            return new ServerHeap(List.of(), List.of());
        }
        System.gc();
        return new ServerHeap(keepers(BURST_BYTES), keepers(GROWTH_BYTES));
    }

    private static List<HeapKeeper> keepers(long growthBytes) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(ServerHeap::isOld)
                .map(pool -> HeapKeeper.of(() -> pool.getUsage().getUsed(), System::gc, growthBytes))
                .toList();
    }

    /** Pools of the young generation have no usage threshold. */
    private static boolean isOld(MemoryPoolMXBean pool) {
        return pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported();
    }

    /** Collects the old generation if it has grown much, or somewhat for a while; takes microseconds otherwise. */
    void check() {
        try {
            bursts.forEach(HeapKeeper::check);
            checks = (checks + 1) % CHECKS;
            if (checks == 0) {
                growth.forEach(HeapKeeper::check);
            }
        } catch (OutOfMemoryError _) { // measuring takes memory, too; thrown on, it would stop the server
        }
    }
}
