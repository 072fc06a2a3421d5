package glimpse.bench.work;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Measures the peak rates that the machine reaches right now: the best burst of each thread, summed over threads. The
 * first calls return too little, because the loops aren't compiled yet.
 */
final class MachinePeak {
    private static final long BURSTS_NANOS = 20_000_000;

    private MachinePeak() {}

    /** Returns the peak of fused multiply-adds on registers, in operations per nanosecond, two per multiply-add. */
    static double flopsPerNano(int threads) {
        return total(threads, () -> {
            FmaLoop loop = new FmaLoop();
            return () -> {
                long begin = System.nanoTime();
                double operations = loop.run();
                return operations / (System.nanoTime() - begin);
            };
        });
    }

    /**
     * Returns the peak of copying, in bytes read and written per nanosecond.
     *
     * @param bytes bytes that all threads together read and write, which decides the cache level the copy stays in
     */
    static double bytesPerNano(int threads, double bytes) {
        return total(threads, () -> {
            CopyLoop loop = new CopyLoop((int) Math.ceil(bytes / threads / 2 / Float.BYTES));
            return () -> {
                long begin = System.nanoTime();
                double moved = loop.run();
                return moved / (System.nanoTime() - begin);
            };
        });
    }

    private static double total(int threads, Supplier<DoubleSupplier> bursts) {
        if (threads == 1) {
            return best(bursts.get());
        }
        DoubleAdder sum = new DoubleAdder();
        CyclicBarrier together = new CyclicBarrier(threads);
        Thread[] team = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            team[i] = Thread.ofPlatform().start(() -> {
                DoubleSupplier burst = bursts.get();
                try {
                    together.await();
                } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                    throw new IllegalStateException("the threads that measure the peak can't start together", e);
                }
                sum.add(best(burst));
            });
        }
        for (Thread thread : team) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while measuring the peak", e);
            }
        }
        return sum.sum();
    }

    private static double best(DoubleSupplier burst) {
        double best = 0;
        long end = System.nanoTime() + BURSTS_NANOS;
        do {
            best = Math.max(best, burst.getAsDouble());
        } while (System.nanoTime() < end);
        return best;
    }
}
