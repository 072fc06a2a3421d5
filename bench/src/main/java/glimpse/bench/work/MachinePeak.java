package glimpse.bench.work;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What the machine can do now, by loops that do nothing else: each thread's best burst, added up. The first calls run
 * before the loops are compiled and are too low.
 */
final class MachinePeak {
    private static final long BURSTS_NANOS = 20_000_000;

    private MachinePeak() {}

    /** Fused multiply-adds from registers to registers; operations a nanosecond, two a multiply-add. */
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
     * Copying; bytes read and written a nanosecond.
     *
     * @param bytes what all threads read and write together: it decides which cache the copy stays in
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
                    throw new IllegalStateException("the threads can't begin together", e);
                }
                sum.add(best(burst));
            });
        }
        for (Thread thread : team) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while the peak is measured", e);
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
