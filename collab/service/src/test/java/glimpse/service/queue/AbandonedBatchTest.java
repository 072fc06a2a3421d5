package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import glimpse.service.queue.RefusedException.Reason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches that nobody waits for any more while they run. */
@Timeout(30)
class AbandonedBatchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong clock = new AtomicLong();
    private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayGoOn = new Semaphore(0); // to the next block
    private final InferenceQueue queue = new InferenceQueue(
            1,
            new QueueLimits(100, 100, MINUTE),
            new QueueListener() {
                @Override
                public void batchRan(BatchReport batch) {
                    events.add("ran " + batch.images());
                }

                @Override
                public void batchStopped(String model) {
                    events.add("stopped");
                }

                @Override
                public void cancelled(String model) {
                    events.add("cancelled");
                }

                @Override
                public void refused(String model, Reason reason) {
                    events.add(reason.label());
                }
            },
            clock::get);
    private final ModelLane lane = queue.lane(new TwoBlocks(), Duration.ofMillis(10), 1);

    /** A model of two blocks, which asks before the second. */
    private final class TwoBlocks implements BatchModel {
        @Override
        public String name() {
            return "a";
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            begun.release();
            mayGoOn.acquireUninterruptibly();
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            return Collections.nCopies(batch.size(), new ServerResult.Failed(new IllegalStateException("done")));
        }

        @Override
        public long multiplyAdds(int patches) {
            return 1;
        }
    }

    @AfterEach
    void stop() {
        mayGoOn.release(100);
        queue.close();
    }

    private Job submit(Duration timeLeft) throws RefusedException {
        return lane.submit(
                ModelInput.of(PatchSequence.of(1, 1, new int[] {0}, new float[1])), Priority.INTERACTIVE, timeLeft);
    }

    /** Returns two jobs of one batch that runs. */
    private List<Job> running(Duration firstTimeLeft, Duration secondTimeLeft) throws RefusedException {
        Job before = submit(MINUTE);
        begun.acquireUninterruptibly();
        List<Job> jobs = List.of(submit(firstTimeLeft), submit(secondTimeLeft));
        mayGoOn.release();
        begun.acquireUninterruptibly();
        before.result().join();
        events.clear();
        return jobs;
    }

    private static void awaitAll(List<Job> jobs) {
        jobs.forEach(job -> job.result().handle((result, failure) -> true).join());
    }

    @Test
    void ifAllClientsHaveGoneTheModelStopsAndTheNextBatchRuns() throws RefusedException {
        List<Job> jobs = running(MINUTE, MINUTE);
        jobs.forEach(job -> assertThat(job.cancel()).isFalse());
        Job next = submit(MINUTE);
        mayGoOn.release(2);
        next.result().join();
        assertThat(events).containsExactly("stopped", "cancelled", "cancelled", "ran 1");
        assertThat(jobs).allSatisfy(job -> assertThat(job.result()).isCancelled());
    }

    @Test
    void ifAllDeadlinesHavePassedTheModelStops() throws RefusedException {
        List<Job> jobs = running(Duration.ofMillis(50), Duration.ofMillis(60));
        clock.addAndGet(Duration.ofMillis(60).toNanos());
        mayGoOn.release();
        for (Job job : jobs) {
            assertThatThrownBy(() -> job.result().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEADLINE_PASSED));
        }
        assertThat(events).containsExactly("stopped", "deadline_passed", "deadline_passed");
    }

    @Test
    void aClientThatHasGoneAndADeadlineThatHasPassedAreCountedEachByItsReason() throws RefusedException {
        List<Job> jobs = running(Duration.ofMillis(50), MINUTE);
        clock.addAndGet(Duration.ofMillis(50).toNanos());
        jobs.get(1).cancel();
        mayGoOn.release();
        awaitAll(jobs);
        assertThat(events).containsExactly("stopped", "deadline_passed", "cancelled");
    }

    @Test
    void aBatchGoesOnWhileOneClientWaits() throws RefusedException {
        List<Job> jobs = running(MINUTE, MINUTE);
        jobs.get(0).cancel();
        mayGoOn.release();
        jobs.get(1).result().join();
        assertThat(events).containsExactly("ran 2");
    }

    @Test
    void aStoppedPassIsNoMeasurementOfTheModelsTime() throws RefusedException {
        List<Job> jobs = running(MINUTE, MINUTE);
        Duration ofTwo = queue.estimatedWait(Priority.INTERACTIVE);
        jobs.forEach(Job::cancel);
        clock.addAndGet(Duration.ofSeconds(9).toNanos());
        mayGoOn.release();
        awaitAll(jobs);
        submit(MINUTE);
        begun.acquireUninterruptibly();
        assertThat(queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(ofTwo.dividedBy(2));
    }

    @Test
    void aModelThatThrowsACancellationOfItsOwnHasFailed() throws RefusedException {
        ModelLane broken = queue.lane(
                new BatchModel() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public List<ServerResult> run(
                            List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
                        throw new CancellationException("without having been asked to");
                    }

                    @Override
                    public long multiplyAdds(int patches) {
                        return 1;
                    }
                },
                Duration.ofMillis(10),
                1);
        Job job = broken.submit(
                ModelInput.of(PatchSequence.of(1, 1, new int[] {0}, new float[1])), Priority.INTERACTIVE, MINUTE);
        assertThat(job.result().join().result()).isInstanceOf(ServerResult.Failed.class);
        assertThat(events).containsExactly("ran 1");
    }
}
