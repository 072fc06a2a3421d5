package glimpse.service.queue;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.service.queue.RefusedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The queue before all models of a server, and the threads that run them. When they are free, whatever waits for a
 * model runs as one batch on all of them, bounded by its patches, or, if there is enough for every thread, as one share
 * on each; no request waits for others to come. A request is refused at once if it is estimated to wait too long.
 * Thread-safe.
 */
public final class InferenceQueue implements AutoCloseable {
    private final QueueListener listener;
    private final LongSupplier clock;
    private final FirstFailure failures;
    private final List<Thread> threads = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by the lock
    private final BatchSelection selection;
    private final RunningBatches running;
    private final Admission admission;

    /**
     * Creates a queue and starts its threads.
     *
     * @param threads that run the models, at least 1
     * @param log takes a line when the listener, or a thread outside of a model's pass, fails for the first time
     */
    public InferenceQueue(int threads, QueueLimits limits, QueueListener listener, Consumer<String> log) {
        this(threads, limits, listener, System::nanoTime, log);
    }

    InferenceQueue(int threads, QueueLimits limits, QueueListener listener) {
        this(threads, limits, listener, System::nanoTime);
    }

    InferenceQueue(int threads, QueueLimits limits, QueueListener listener, LongSupplier clock) {
        this(threads, limits, listener, clock, line -> {});
    }

    InferenceQueue(int threads, QueueLimits limits, QueueListener listener, LongSupplier clock, Consumer<String> log) {
        Objects.requireNonNull(limits, "limits");
        this.clock = clock;
        this.failures = new FirstFailure(Objects.requireNonNull(log, "log"));
        this.listener = new GuardedListener(Objects.requireNonNull(listener, "listener"), new FirstFailure(log));
        this.selection = new BatchSelection(limits.batchPatches());
        this.running = new RunningBatches(threads);
        this.admission = new Admission(limits, selection, running, clock);
        for (int i = 0; i < threads; i++) {
            int number = i;
            this.threads.add(
                    Thread.ofPlatform().name("glimpse-model-", i).daemon().unstarted(() -> work(number)));
        }
        this.threads.forEach(Thread::start);
    }

    /**
     * Adds a model.
     *
     * @param passTime how long a pass takes, measured beforehand: what the first estimates are made of
     * @param multiplyAdds of that pass
     */
    public ModelLane lane(BatchModel model, Duration passTime, long multiplyAdds) {
        return new ModelLane(this, model, new PassTime((double) passTime.toNanos() / Math.max(1, multiplyAdds)));
    }

    /** Returns the number of waiting requests, without those that are running. */
    public int waiting() {
        lock.lock();
        try {
            return selection.waiting();
        } finally {
            lock.unlock();
        }
    }

    /** Estimates how long a new request would wait. */
    public Duration estimatedWait(Priority priority) {
        lock.lock();
        try {
            return Duration.ofNanos(admission.waitNanos(priority));
        } finally {
            lock.unlock();
        }
    }

    Job submit(ModelLane lane, ModelInput input, PassOutputs outputs, Priority priority, Duration timeLeft)
            throws RefusedException {
        lock.lock();
        try {
            long now = clock.getAsLong();
            Job job = new Job(lane, input, outputs, priority, now, now + timeLeft.toNanos());
            require(lane, priority, timeLeft, input.patches(), job.multiplyAdds);
            selection.add(job);
            changed.signal(); // a thread that starts a batch wakes the next if there is more to do
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** Submits images together, so that they can run as one batch; if one is refused, all are. */
    List<Job> submit(ModelLane lane, List<ModelInput> images, PassOutputs outputs, Priority priority, Duration timeLeft)
            throws RefusedException {
        List<Job> jobs = new ArrayList<>();
        lock.lock(); // the model's thread waits until all are there
        try {
            for (ModelInput image : images) {
                jobs.add(submit(lane, image, outputs, priority, timeLeft));
            }
            return jobs;
        } catch (RefusedException | RuntimeException | Error e) {
            jobs.forEach(selection::remove);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    void check(ModelLane lane, Priority priority, Duration timeLeft) throws RefusedException {
        lock.lock();
        try {
            require(lane, priority, timeLeft, 0, 0);
        } finally {
            lock.unlock();
        }
    }

    private void require(ModelLane lane, Priority priority, Duration timeLeft, int patches, long multiplyAdds)
            throws RefusedException {
        RefusedException refusal = admission.refusal(lane, priority, timeLeft, patches, multiplyAdds);
        if (refusal != null) {
            listener.refused(lane.model.name(), refusal.reason());
            throw refusal;
        }
    }

    boolean cancel(Job job) {
        boolean removed;
        lock.lock();
        try {
            removed = selection.remove(job);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (removed) {
            abandon(job);
        }
        return removed;
    }

    private void work(int thread) {
        boolean drained = false;
        while (!drained) {
            try {
                Optional<Batch> batch = await();
                batch.ifPresent(one -> runOrFail(thread, one));
                drained = batch.isEmpty();
            } catch (RuntimeException | Error e) { // memory is short; what waits may find some
                failures.report("choosing a batch", e);
            }
        }
    }

    private void runOrFail(int thread, Batch batch) {
        try {
            run(thread, batch);
        } catch (RuntimeException | Error e) {
            failures.report("ending a batch", e);
            end(batch);
            batch.jobs().forEach(job -> job.result().completeExceptionally(e)); // those that have no result yet
        }
    }

    /** Waits for a batch; empty once the queue is drained. */
    private Optional<Batch> await() {
        while (true) {
            List<Job> expired = new ArrayList<>();
            Optional<Batch> batch = Optional.empty();
            boolean drained;
            lock.lock();
            try {
                while (!running.admits(selection.waiting()) && !(admission.isClosed() && selection.waiting() == 0)) {
                    changed.awaitUninterruptibly();
                }
                batch = selection.next(clock.getAsLong(), running.shares(selection.waiting()), expired);
                batch.ifPresent(running::add);
                drained = admission.isClosed() && selection.waiting() == 0;
                if (drained) {
                    changed.signalAll();
                } else if (running.admits(selection.waiting())) {
                    changed.signal();
                }
            } finally {
                lock.unlock();
                expired.forEach(this::expireOrReport); // whatever becomes of the batch
            }
            if (drained || batch.isPresent()) {
                return batch;
            }
        }
    }

    private void expireOrReport(Job job) {
        try {
            expire(job);
        } catch (RuntimeException | Error e) {
            failures.report("refusing a request", e);
        }
    }

    private void run(int thread, Batch batch) {
        List<ServerResult> results;
        boolean stopped = false;
        try {
            results = batch.run(thread, () -> batch.isAbandoned(clock.getAsLong()));
        } catch (Throwable e) { // whatever a pass throws is its images' result
            stopped = e instanceof CancellationException && batch.isAbandoned(clock.getAsLong());
            results = Collections.nCopies(batch.jobs().size(), new ServerResult.Failed(e));
        }
        long nanos = clock.getAsLong() - batch.startNanos();
        lock.lock();
        try {
            if (!stopped) {
                batch.lane().passTime.measured(batch.multiplyAdds(), running.nanosOfAllThreads(batch, nanos));
            }
            end(batch);
        } finally {
            lock.unlock();
        }
        if (stopped) {
            stopped(batch);
        } else {
            complete(batch, results, nanos);
        }
    }

    private void end(Batch batch) {
        lock.lock();
        try {
            running.remove(batch);
            changed.signal(); // requests may have waited for this batch to end
        } finally {
            lock.unlock();
        }
    }

    private void complete(Batch batch, List<ServerResult> results, long nanos) {
        listener.batchRan(new BatchReport(
                batch.lane().model.name(),
                batch.priority(),
                batch.jobs().size(),
                batch.patches(),
                batch.full(),
                running.nanosOfAllThreads(batch, nanos)));
        for (int i = 0; i < batch.jobs().size(); i++) {
            Job job = batch.jobs().get(i);
            long queued = batch.startNanos() - job.enteredNanos;
            job.result()
                    .complete(new JobResult(
                            results.get(i), batch.jobs().size(), queued, nanos, batch.startNanos() + nanos));
        }
    }

    private void stopped(Batch batch) {
        listener.batchStopped(batch.lane().model.name());
        for (Job job : batch.jobs()) {
            if (job.isCancelled()) {
                abandon(job);
            } else {
                expire(job);
            }
        }
    }

    private void abandon(Job job) {
        listener.cancelled(job.lane.model.name());
        job.result().cancel(false);
    }

    private void expire(Job job) {
        listener.refused(job.lane.model.name(), Reason.DEADLINE_PASSED);
        job.result().completeExceptionally(BatchSelection.deadlinePassed());
    }

    /** Refuses new requests from now on; those that were accepted still run. */
    public void drain() {
        lock.lock();
        try {
            admission.close();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Drains the queue and waits until every accepted request has run. */
    @Override
    public void close() {
        drain();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
