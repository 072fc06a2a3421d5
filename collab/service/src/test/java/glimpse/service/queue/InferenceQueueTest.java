package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import glimpse.service.queue.RefusedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queue with models that run when they are told to, and a clock that is set. */
class InferenceQueueTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PASS = Duration.ofMillis(10);

    private final AtomicLong clock = new AtomicLong();
    private final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>(); // "a: 1 2" is model a's batch
    private final ConcurrentLinkedQueue<BatchReport> reports = new ConcurrentLinkedQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private InferenceQueue queue = queue(new QueueLimits(8, 100, MINUTE));

    private InferenceQueue queue(QueueLimits limits) {
        return new InferenceQueue(
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

    private void use(QueueLimits limits) {
        queue.close();
        queue = queue(limits);
    }

    @AfterEach
    void stop() {
        mayEnd.release(1000);
        queue.close();
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

    private ModelLane lane(String name) {
        return queue.lane(new GatedModel(name), PASS, 1);
    }

    /** Queues an image with this many patches. */
    private static Job submit(ModelLane lane, int patches, Priority priority, Duration timeLeft)
            throws RefusedException {
        return lane.submit(
                ModelInput.of(
                        PatchSequence.of(16, 1, IntStream.range(0, patches).toArray(), new float[patches])),
                priority,
                timeLeft);
    }

    private static Job submit(ModelLane lane, int patches) throws RefusedException {
        return submit(lane, patches, Priority.INTERACTIVE, MINUTE);
    }

    /** Keeps the queue's thread busy with a first batch of one patch until passes may end. */
    private Job occupy(ModelLane lane) throws RefusedException {
        Job job = submit(lane, 1);
        begun.acquireUninterruptibly();
        return job;
    }

    private void finish(List<Job> jobs) {
        mayEnd.release(1000);
        jobs.forEach(job -> job.result().join());
    }

    @Test
    void aRequestRunsAtOnceIfNothingElseDoes() throws RefusedException {
        Job job = occupy(lane("a"));
        mayEnd.release();
        assertThat(job.result().join().batchImages()).isEqualTo(1);
    }

    @Test
    void whateverWaitsRunsAsOneBatchInTheOrderOfArrival() throws RefusedException {
        ModelLane a = lane("a");
        occupy(a);
        List<Job> jobs = List.of(submit(a, 3), submit(a, 2), submit(a, 1));
        finish(jobs);
        assertThat(ran).containsExactly("a: 1", "a: 3 2 1");
        assertThat(jobs.getFirst().result().join().batchImages()).isEqualTo(3);
    }

    @Test
    void aBatchHasNoMorePatchesThanFitAndReportsThatOthersHadToWait() throws RefusedException {
        ModelLane a = lane("a");
        occupy(a);
        finish(List.of(submit(a, 5), submit(a, 3), submit(a, 1)));
        assertThat(ran).containsExactly("a: 1", "a: 5 3", "a: 1");
        assertThat(reports).extracting(BatchReport::full).containsExactly(false, true, false);
        assertThat(reports).extracting(BatchReport::patches).containsExactly(1, 8, 1);
    }

    @Test
    void requestsForOtherOutputsThanTheFirstRunInABatchOfTheirOwn() throws RefusedException {
        ModelLane a = lane("a");
        occupy(a);
        PassOutputs attention = new PassOutputs(true, false);
        ModelInput three = ModelInput.of(PatchSequence.of(16, 1, new int[] {0, 1, 2}, new float[3]));
        Job first = a.submit(List.of(three), attention, Priority.INTERACTIVE, MINUTE)
                .getFirst();
        Job other = submit(a, 1);
        Job like = a.submit(List.of(three), attention, Priority.INTERACTIVE, MINUTE)
                .getFirst();
        finish(List.of(first, other, like, submit(a, 2)));
        assertThat(ran).containsExactly("a: 1", "a: 3 3", "a: 1 2");
    }

    @Test
    void imagesThatComeTogetherRunTogetherOnAnIdleModel() throws RefusedException {
        ModelInput one = ModelInput.of(PatchSequence.of(16, 1, new int[] {0}, new float[1]));
        finish(lane("a").submit(List.of(one, one, one), PassOutputs.LOGITS, Priority.INTERACTIVE, MINUTE));
        assertThat(ran).containsExactly("a: 1 1 1");
    }

    @Test
    void imagesThatComeTogetherAreRefusedTogether() throws RefusedException {
        use(new QueueLimits(8, 2, MINUTE));
        ModelLane a = lane("a");
        Job first = occupy(a);
        ModelInput one = ModelInput.of(PatchSequence.of(16, 1, new int[] {0}, new float[1]));
        assertRefused(
                Reason.QUEUE_FULL,
                () -> a.submit(List.of(one, one, one), PassOutputs.LOGITS, Priority.INTERACTIVE, MINUTE)
                        .getFirst());
        assertThat(queue.waiting()).isZero();
        finish(List.of(first));
    }

    @Test
    void anImageWithMorePatchesThanFitRunsAlone() throws RefusedException {
        ModelLane a = lane("a");
        occupy(a);
        finish(List.of(submit(a, 20), submit(a, 1)));
        assertThat(ran).containsExactly("a: 1", "a: 20", "a: 1");
    }

    @Test
    void interactiveRequestsGoBeforeBulkButEveryFourthBatchIsBulk() throws RefusedException {
        ModelLane a = lane("a");
        occupy(a);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            jobs.add(submit(a, 8, Priority.BULK, MINUTE));
        }
        for (int i = 0; i < 7; i++) {
            jobs.add(submit(a, 7));
        }
        finish(jobs);
        assertThat(ran).containsExactly("a: 1", "a: 7", "a: 7", "a: 7", "a: 8", "a: 7", "a: 7", "a: 7", "a: 8", "a: 7");
    }

    @Test
    void modelsGetEqualSharesOfTheWorkWhateverTheirRequestsSizes() throws RefusedException {
        ModelLane a = lane("a");
        ModelLane b = lane("b");
        occupy(lane("c"));
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            jobs.add(submit(a, 8));
        }
        for (int i = 0; i < 4; i++) {
            jobs.add(submit(b, 5));
        }
        finish(jobs);
        assertThat(ran).containsExactly("c: 1", "a: 8", "b: 5", "b: 5", "a: 8", "b: 5", "b: 5");
    }

    @Test
    void aFullQueueRefuses() throws RefusedException {
        use(new QueueLimits(8, 2, MINUTE));
        ModelLane a = lane("a");
        occupy(a);
        List<Job> jobs = List.of(submit(a, 1), submit(a, 1));
        assertRefused(Reason.QUEUE_FULL, () -> submit(a, 1));
        finish(jobs);
    }

    @Test
    void aRequestIsRefusedIfTheEstimatedWaitIsTooLong() throws RefusedException {
        use(new QueueLimits(8, 100, Duration.ofMillis(55)));
        ModelLane a = lane("a");
        occupy(a); // 10 ms
        List<Job> jobs = List.of(submit(a, 5)); // 50 ms
        assertThat(queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(Duration.ofMillis(60));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> submit(a, 1))
                .satisfies(e -> assertThat(e.retryAfterMillis()).isEqualTo(5));
        clock.addAndGet(Duration.ofMillis(6).toNanos()); // the running batch has got so far
        Job accepted = submit(a, 1);
        finish(jobs);
        accepted.result().join();
    }

    @Test
    void interactiveRequestsDoNotWaitForBulk() throws RefusedException {
        ModelLane a = lane("a");
        occupy(a);
        List<Job> jobs = List.of(submit(a, 5, Priority.BULK, MINUTE));
        assertThat(queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(Duration.ofMillis(10));
        assertThat(queue.estimatedWait(Priority.BULK)).isEqualTo(Duration.ofMillis(60));
        finish(jobs);
    }

    @Test
    void aRequestThatCannotBeRepliedToInTimeIsRefused() throws RefusedException {
        ModelLane a = lane("a");
        occupy(a);
        assertRefused(Reason.TOO_LATE, () -> submit(a, 2, Priority.INTERACTIVE, Duration.ofMillis(29)));
        finish(List.of(submit(a, 2, Priority.INTERACTIVE, Duration.ofMillis(30))));
    }

    @Test
    void anIdleModelTakesARequestWhateverTheEstimate() throws RefusedException {
        Job job = submit(lane("a"), 100, Priority.INTERACTIVE, Duration.ofMillis(1));
        finish(List.of(job));
        assertThat(ran).hasSize(1);
    }

    @Test
    void aRequestWhoseDeadlineHasPassedIsNotComputed() throws RefusedException {
        ModelLane a = lane("a");
        Job first = occupy(a);
        Job late = submit(a, 2, Priority.INTERACTIVE, Duration.ofMillis(50));
        Job patient = submit(a, 3);
        clock.addAndGet(Duration.ofMillis(50).toNanos());
        finish(List.of(first, patient));
        assertThat(ran).containsExactly("a: 1", "a: 3");
        assertThatThrownBy(() -> late.result().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEADLINE_PASSED));
    }

    @Test
    void aCancelledRequestLeavesTheQueueAtOnceAndIsNotComputed() throws RefusedException {
        ModelLane a = lane("a");
        Job first = occupy(a);
        Job gone = submit(a, 2);
        assertThat(gone.cancel()).isTrue();
        assertThat(queue.waiting()).isZero();
        assertThat(queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(PASS);
        finish(List.of(first));
        assertThat(ran).containsExactly("a: 1");
        assertThat(gone.result()).isCancelled();
    }

    @Test
    void aRequestThatRunsCannotBeTakenOut() throws RefusedException {
        Job running = occupy(lane("a"));
        assertThat(running.cancel()).isFalse();
        finish(List.of(running));
    }

    @Test
    void aDrainingQueueRefusesNewRequestsAndRunsThoseItHas() throws RefusedException {
        ModelLane a = lane("a");
        Job first = occupy(a);
        Job second = submit(a, 2);
        queue.drain();
        assertRefused(Reason.DRAINING, () -> submit(a, 1));
        mayEnd.release(1000);
        queue.close();
        assertThat(first.result()).isCompleted();
        assertThat(second.result()).isCompleted();
        assertThat(ran).containsExactly("a: 1", "a: 2");
    }

    @Test
    void theThreadSurvivesWhateverAPassThrows() throws RefusedException {
        ModelLane broken = queue.lane(
                new BatchModel() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public List<ServerResult> run(
                            List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
                        throw new StackOverflowError("deep");
                    }

                    @Override
                    public long multiplyAdds(int patches) {
                        return patches;
                    }
                },
                PASS,
                1);
        assertThat(submit(broken, 1).result().join().result())
                .isInstanceOfSatisfying(
                        ServerResult.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessage("deep"));
        finish(List.of(submit(lane("a"), 1)));
        assertThat(ran).containsExactly("a: 1");
    }

    @Test
    void estimatesFollowTheMeasuredTimes() throws RefusedException {
        ModelLane a = lane("a");
        Job first = occupy(a); // expected to take 10 ms, takes 60
        clock.addAndGet(Duration.ofMillis(60).toNanos());
        finish(List.of(first));
        mayEnd.drainPermits();
        begun.drainPermits();
        Job second = occupy(a);
        assertThat(queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(Duration.ofMillis(20));
        finish(List.of(second));
    }

    private static void assertRefused(Reason reason, Submission submission) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(submission::submit)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private interface Submission {
        Job submit() throws RefusedException;
    }
}
