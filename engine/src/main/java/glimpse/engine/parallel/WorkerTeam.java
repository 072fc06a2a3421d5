package glimpse.engine.parallel;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed team of threads that works through the numbered units of a task. The caller is worker 0; the helpers spin
 * briefly between tasks, then park, so an idle team costs nothing. Each worker owns a share of the units, the same
 * share in every run of that many units, so that the data it wrote in one task is in its cache in the next; a worker
 * that is done steals from the end of another's share. A task must give the same result whoever runs a unit. A run
 * allocates nothing.
 *
 * <p>Threads, platform or virtual, may share a team: each run holds the {@link #lock()}, so the machine isn't
 * oversubscribed. A task must not use its own team.
 */
public final class WorkerTeam implements AutoCloseable {
    /** Units of work; implementations keep scratch memory per worker. */
    public interface Task {
        /**
         * Runs one unit.
         *
         * @param unit 0..units-1, each exactly once
         * @param worker who runs it, 0..threads-1; a worker runs one unit at a time
         */
        void run(int unit, int worker);
    }

    // Tens of microseconds: about as long as a phase of a small model waits for its slowest worker.
    private static final int SPINS = 2_000;

    private static final Task IDLE = (unit, worker) -> {};

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Worker[] helpers; // [threads - 1]
    private final UnitRange[] shares; // [threads]
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    // Written before epoch, read after it.
    private Task task = IDLE;
    private final AtomicInteger epoch = new AtomicInteger();
    // Written before callerParked, read after it.
    private Thread caller = Thread.currentThread();
    private volatile boolean callerParked;
    private volatile boolean closed;

    /**
     * Starts the team.
     *
     * @param threads workers including the caller, 1..1024
     */
    public WorkerTeam(int threads) {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads is " + threads + ", expected 1..1024");
        }
        helpers = new Worker[threads - 1];
        shares = new UnitRange[threads];
        Arrays.setAll(shares, i -> new UnitRange());
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Worker(i + 1);
            helpers[i].start();
        }
    }

    /** Returns the number of workers, the caller included. */
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Returns the lock that a thread holds for a sequence of runs; it is fair, so callers take turns in the order they
     * came.
     */
    public ReentrantLock lock() {
        return lock;
    }

    /**
     * Runs all units and returns when they are done. If a unit throws, that is thrown here, after all workers stopped.
     *
     * @throws IllegalStateException if the team is closed
     */
    public void run(int count, Task work) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the worker team is closed");
            }
            if (helpers.length == 0 || count <= 1) {
                for (int unit = 0; unit < count; unit++) {
                    work.run(unit, 0);
                }
                return;
            }
            task = work;
            for (int i = 0; i < shares.length; i++) {
                shares[i].set((int) ((long) count * i / shares.length), (int) ((long) count * (i + 1) / shares.length));
            }
            busy.set(helpers.length);
            wakeAll();
            work(0);
            awaitHelpers();
            task = IDLE; // else an idle team would keep the task's buffers alive
            failure.getAndSet(Optional.empty()).ifPresent(WorkerTeam::rethrow);
        } finally {
            lock.unlock();
        }
    }

    /** Stops the threads; a second call does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("a worker failed", thrown);
        }
    }

    private void wakeAll() {
        epoch.incrementAndGet();
        for (Worker helper : helpers) {
            helper.wake();
        }
    }

    private void work(int worker) {
        Task current = task;
        try {
            for (int unit = shares[worker].first(); unit >= 0; unit = shares[worker].first()) {
                current.run(unit, worker);
            }
            for (int other = 1; other < shares.length; other++) {
                UnitRange share = shares[(worker + other) % shares.length];
                for (int unit = share.last(); unit >= 0; unit = share.last()) {
                    current.run(unit, worker);
                }
            }
        } catch (Throwable t) {
            failure.set(Optional.of(t));
            for (UnitRange share : shares) {
                share.set(0, 0);
            }
        }
    }

    private void awaitHelpers() {
        for (int spins = 0; spins < SPINS; spins++) {
            if (busy.get() == 0) {
                return;
            }
            Thread.onSpinWait();
        }
        // Not Thread.yield(): a virtual thread that yields returns to the scheduler's queue, and the carrier woken
        // for it takes a core from the helper that it waits for.
        boolean interrupted = false;
        caller = Thread.currentThread();
        callerParked = true;
        while (busy.get() != 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        callerParked = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void helperDone() {
        if (busy.decrementAndGet() == 0 && callerParked) {
            LockSupport.unpark(caller);
        }
    }

    private final class Worker extends Thread {
        private final int worker;
        private volatile boolean parked;

        Worker(int worker) {
            super("glimpse-worker-" + worker);
            this.worker = worker;
            setDaemon(true);
        }

        @Override
        public void run() {
            int seen = 0;
            while (true) {
                seen = await(seen);
                if (closed) {
                    return;
                }
                work(worker);
                helperDone();
            }
        }

        private int await(int seen) {
            for (int spins = 0; spins < SPINS; spins++) {
                int now = epoch.get();
                if (now != seen) {
                    return now;
                }
                Thread.onSpinWait();
            }
            parked = true;
            while (epoch.get() == seen) {
                LockSupport.park(WorkerTeam.this);
            }
            parked = false;
            return epoch.get();
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(this);
            }
        }
    }
}
