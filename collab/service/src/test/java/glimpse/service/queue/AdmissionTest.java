package glimpse.service.queue;

import static glimpse.service.queue.GatedQueue.MINUTE;
import static glimpse.service.queue.GatedQueue.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.engine.PatchSequence;
import glimpse.service.queue.RefusedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which requests the queue accepts: by their number, by the estimated wait and by their deadlines. */
class AdmissionTest {
    private GatedQueue gated = new GatedQueue(new QueueLimits(8, 100, MINUTE));

    @AfterEach
    void stop() {
        gated.close();
    }

    private void limit(QueueLimits limits) {
        gated.close();
        gated = new GatedQueue(limits);
    }

    private interface Submission {
        Job submit() throws RefusedException;
    }

    private static void assertRefused(Reason reason, Submission submission) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(submission::submit)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void imagesThatComeTogetherAreRefusedTogether() throws RefusedException {
        limit(new QueueLimits(8, 2, MINUTE));
        ModelLane a = gated.lane("a");
        Job first = gated.occupy(a);
        ModelInput one = ModelInput.of(PatchSequence.of(16, 1, new int[] {0}, new float[1]));
        assertRefused(
                Reason.QUEUE_FULL,
                () -> a.submit(List.of(one, one, one), PassOutputs.LOGITS, Priority.INTERACTIVE, MINUTE)
                        .getFirst());
        assertThat(gated.queue.waiting()).isZero();
        gated.finish(List.of(first));
    }

    @Test
    void aFullQueueRefuses() throws RefusedException {
        limit(new QueueLimits(8, 2, MINUTE));
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        List<Job> jobs = List.of(submit(a, 1), submit(a, 1));
        assertRefused(Reason.QUEUE_FULL, () -> submit(a, 1));
        gated.finish(jobs);
    }

    @Test
    void aRequestIsRefusedIfTheEstimatedWaitIsTooLong() throws RefusedException {
        limit(new QueueLimits(8, 100, Duration.ofMillis(55)));
        ModelLane a = gated.lane("a");
        gated.occupy(a); // 10 ms
        List<Job> jobs = List.of(submit(a, 5)); // 50 ms
        assertThat(gated.queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(Duration.ofMillis(60));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> submit(a, 1))
                .satisfies(e -> assertThat(e.retryAfterMillis()).isEqualTo(5));
        gated.clock.addAndGet(Duration.ofMillis(6).toNanos()); // the running batch has got so far
        Job accepted = submit(a, 1);
        gated.finish(jobs);
        accepted.result().join();
    }

    @Test
    void interactiveRequestsDoNotWaitForBulk() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        List<Job> jobs = List.of(submit(a, 5, Priority.BULK, MINUTE));
        assertThat(gated.queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(Duration.ofMillis(10));
        assertThat(gated.queue.estimatedWait(Priority.BULK)).isEqualTo(Duration.ofMillis(60));
        gated.finish(jobs);
    }

    @Test
    void aRequestThatCannotBeRepliedToInTimeIsRefused() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a); // 10 ms, and a quarter of that
        assertRefused(Reason.TOO_LATE, () -> submit(a, 2, Priority.INTERACTIVE, Duration.ofMillis(32)));
        gated.finish(List.of(submit(a, 2, Priority.INTERACTIVE, Duration.ofMillis(33))));
    }

    @Test
    void aRequestIsRepliedToWithItsBatch() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        List<Job> jobs = List.of(submit(a, 3)); // 40 ms with the first, and a quarter of that
        // a batch of eight patches has room for two images of three: 60 ms
        assertRefused(Reason.TOO_LATE, () -> submit(a, 3, Priority.INTERACTIVE, Duration.ofMillis(109)));
        Job accepted = submit(a, 3, Priority.INTERACTIVE, Duration.ofMillis(110));
        gated.finish(jobs);
        accepted.result().join();
    }

    @Test
    void anIdleModelTakesARequestWhateverTheEstimate() throws RefusedException {
        Job job = submit(gated.lane("a"), 100, Priority.INTERACTIVE, Duration.ofMillis(1));
        gated.finish(List.of(job));
        assertThat(gated.ran).hasSize(1);
    }

    @Test
    void aRequestWhoseDeadlineHasPassedIsNotComputed() throws RefusedException {
        ModelLane a = gated.lane("a");
        Job first = gated.occupy(a);
        Job late = submit(a, 2, Priority.INTERACTIVE, Duration.ofMillis(50));
        Job patient = submit(a, 3);
        gated.clock.addAndGet(Duration.ofMillis(50).toNanos());
        gated.finish(List.of(first, patient));
        assertThat(gated.ran).containsExactly("a: 1", "a: 3");
        assertThatThrownBy(() -> late.result().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEADLINE_PASSED));
    }

    @Test
    void estimatesFollowTheMeasuredTimes() throws RefusedException {
        ModelLane a = gated.lane("a");
        Job first = gated.occupy(a); // expected to take 10 ms, takes 60
        gated.clock.addAndGet(Duration.ofMillis(60).toNanos());
        gated.finish(List.of(first));
        gated.mayEnd.drainPermits();
        gated.begun.drainPermits();
        Job second = gated.occupy(a);
        assertThat(gated.queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(Duration.ofMillis(20));
        gated.finish(List.of(second));
    }
}
