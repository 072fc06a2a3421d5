package glimpse.service.queue;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A queue of one thread with models that run when they are told to, and a clock that is set. */
final class GatedQueue implements AutoCloseable {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration PASS = Duration.ofMillis(10);

    final AtomicLong clock = new AtomicLong();
    final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>(); // "a: 1 2" is model a's batch
    final ConcurrentLinkedQueue<BatchReport> reports = new ConcurrentLinkedQueue<>();
    final Semaphore begun = new Semaphore(0);
    final Semaphore mayEnd = new Semaphore(0);
    final InferenceQueue queue;

    GatedQueue(QueueLimits limits) {
        queue = new InferenceQueue(
                1,
                limits,
                new QueueListener() {
                    @Override
                    public void batchRan(BatchReport batch) {
                        reports.add(batch);
                    }
                },
                clock::get);
    }

    /** A model whose passes wait until they may end; each patch is one multiply-add and takes 10 ms at first. */
    private final class GatedModel implements BatchModel {
        private final String name;

        GatedModel(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            begun.release();
            mayEnd.acquireUninterruptibly();
            StringBuilder patches = new StringBuilder(name + ":");
            batch.forEach(image -> patches.append(' ').append(image.patches()));
            ran.add(patches.toString());
            ServerResult failed = new ServerResult.Failed(new IllegalStateException(name));
            return batch.stream().map(image -> failed).toList();
        }

        @Override
        public long multiplyAdds(int patches) {
            return patches;
        }
    }

    ModelLane lane(String name) {
        return queue.lane(new GatedModel(name), PASS, 1);
    }

    /** Queues an image with this many patches. */
    static Job submit(ModelLane lane, int patches, Priority priority, Duration timeLeft) throws RefusedException {
        return lane.submit(
                ModelInput.of(
                        PatchSequence.of(16, 1, IntStream.range(0, patches).toArray(), new float[patches])),
                priority,
                timeLeft);
    }

    static Job submit(ModelLane lane, int patches) throws RefusedException {
        return submit(lane, patches, Priority.INTERACTIVE, MINUTE);
    }

    /** Keeps the queue's thread busy with a first batch of one patch until passes may end. */
    Job occupy(ModelLane lane) throws RefusedException {
        Job job = submit(lane, 1);
        begun.acquireUninterruptibly();
        return job;
    }

    /** Lets all passes end, and waits for these results. */
    void finish(List<Job> jobs) {
        mayEnd.release(1000);
        jobs.forEach(job -> job.result().join());
    }

    @Override
    public void close() {
        mayEnd.release(1000);
        queue.close();
    }
}
