package glimpse.evaluation.run;

import java.util.function.LongSupplier;

/**
 * Keeps the heap of a long run from growing. A generational collector promotes some of the images that are on their
 * way, and collects the old generation only when the heap has reached its limit, which is a quarter of the machine's
 * memory unless someone says otherwise. Not thread-safe.
 */
final class HeapKeeper {
    private static final long MAX_GROWTH_BYTES = 256L << 20;

    private final LongSupplier usedBytes;
    private final Runnable collection;
    private long leftBytes; // used after the last collection

    private HeapKeeper(LongSupplier usedBytes, Runnable collection) {
        this.usedBytes = usedBytes;
        this.collection = collection;
        this.leftBytes = usedBytes.getAsLong();
    }

    /** Starts with what is in use now, which should be models and little else. */
    static HeapKeeper ofVirtualMachine() {
        Runtime runtime = Runtime.getRuntime();
        return of(() -> runtime.totalMemory() - runtime.freeMemory(), System::gc);
    }

    /** Does the same with another heap. */
    static HeapKeeper of(LongSupplier usedBytes, Runnable collection) {
        return new HeapKeeper(usedBytes, collection);
    }

    /** Collects if much more is in use than the last time; takes no time otherwise. */
    void check() {
        if (usedBytes.getAsLong() - leftBytes > MAX_GROWTH_BYTES) {
            collection.run();
            leftBytes = usedBytes.getAsLong();
        }
    }
}
