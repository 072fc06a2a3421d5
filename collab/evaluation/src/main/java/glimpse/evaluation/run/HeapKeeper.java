package glimpse.evaluation.run;

import java.util.function.LongSupplier;

/**
 * Keeps the heap of a long run or of a server from growing. A generational collector promotes some of the images that
 * are on their way, and collects the old generation only when the heap has reached its limit, which is a quarter of the
 * machine's memory unless someone says otherwise. Not thread-safe.
 */
public final class HeapKeeper {
    private static final long RUN_GROWTH_BYTES = 256L << 20;

    private final LongSupplier usedBytes;
    private final Runnable collection;
    private final long maxGrowthBytes;
    private long leftBytes; // used after the last collection

    private HeapKeeper(LongSupplier usedBytes, Runnable collection, long maxGrowthBytes) {
        this.usedBytes = usedBytes;
        this.collection = collection;
        this.maxGrowthBytes = maxGrowthBytes;
        this.leftBytes = usedBytes.getAsLong();
    }

    /** Starts with what is in use now, which should be models and little else. */
    static HeapKeeper ofVirtualMachine() {
        Runtime runtime = Runtime.getRuntime();
        return of(() -> runtime.totalMemory() - runtime.freeMemory(), System::gc, RUN_GROWTH_BYTES);
    }

    /**
     * Starts with what is in use now, of a heap or a part of one.
     *
     * @param usedBytes measures what is in use, collected or not
     * @param collection collects it
     * @param maxGrowthBytes how much more than after the last collection may be in use
     */
    public static HeapKeeper of(LongSupplier usedBytes, Runnable collection, long maxGrowthBytes) {
        return new HeapKeeper(usedBytes, collection, maxGrowthBytes);
    }

    /** Collects if much more is in use than was left the last time; takes no time otherwise. */
    public void check() {
        long used = usedBytes.getAsLong();
        if (used - leftBytes > maxGrowthBytes) {
            collection.run();
            leftBytes = usedBytes.getAsLong();
        } else {
            leftBytes = Math.min(leftBytes, used); // somebody else has collected
        }
    }
}
