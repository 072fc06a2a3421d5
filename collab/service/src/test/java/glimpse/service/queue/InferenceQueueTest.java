package glimpse.service.queue;

import static glimpse.service.queue.GatedQueue.MINUTE;
import static glimpse.service.queue.GatedQueue.PASS;
import static glimpse.service.queue.GatedQueue.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import glimpse.service.queue.RefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs when, and with what. */
class InferenceQueueTest {
    private final GatedQueue gated = new GatedQueue(new QueueLimits(8, 100, MINUTE));

    @AfterEach
    void stop() {
        gated.close();
    }

    @Test
    void aRequestRunsAtOnceIfNothingElseDoes() throws RefusedException {
        Job job = gated.occupy(gated.lane("a"));
        gated.mayEnd.release();
        assertThat(job.result().join().batchImages()).isEqualTo(1);
    }

    @Test
    void whateverWaitsRunsAsOneBatchInTheOrderOfArrival() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        List<Job> jobs = List.of(submit(a, 3), submit(a, 2), submit(a, 1));
        gated.finish(jobs);
        assertThat(gated.ran).containsExactly("a: 1", "a: 3 2 1");
        assertThat(jobs.getFirst().result().join().batchImages()).isEqualTo(3);
    }

    @Test
    void aBatchHasNoMorePatchesThanFitAndReportsThatOthersHadToWait() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        gated.finish(List.of(submit(a, 5), submit(a, 3), submit(a, 1)));
        assertThat(gated.ran).containsExactly("a: 1", "a: 5 3", "a: 1");
        assertThat(gated.reports).extracting(BatchReport::full).containsExactly(false, true, false);
        assertThat(gated.reports).extracting(BatchReport::patches).containsExactly(1, 8, 1);
    }

    @Test
    void requestsForOtherOutputsThanTheFirstRunInABatchOfTheirOwn() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        PassOutputs attention = new PassOutputs(true, false);
        ModelInput three = ModelInput.of(PatchSequence.of(16, 1, new int[] {0, 1, 2}, new float[3]));
        Job first = a.submit(List.of(three), attention, Priority.INTERACTIVE, MINUTE)
                .getFirst();
        Job other = submit(a, 1);
        Job like = a.submit(List.of(three), attention, Priority.INTERACTIVE, MINUTE)
                .getFirst();
        gated.finish(List.of(first, other, like, submit(a, 2)));
        assertThat(gated.ran).containsExactly("a: 1", "a: 3 3", "a: 1 2");
    }

    @Test
    void imagesThatComeTogetherRunTogetherOnAnIdleModel() throws RefusedException {
        ModelInput one = ModelInput.of(PatchSequence.of(16, 1, new int[] {0}, new float[1]));
        gated.finish(gated.lane("a").submit(List.of(one, one, one), PassOutputs.LOGITS, Priority.INTERACTIVE, MINUTE));
        assertThat(gated.ran).containsExactly("a: 1 1 1");
    }

    @Test
    void anImageWithMorePatchesThanFitRunsAlone() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        gated.finish(List.of(submit(a, 20), submit(a, 1)));
        assertThat(gated.ran).containsExactly("a: 1", "a: 20", "a: 1");
    }

    @Test
    void interactiveRequestsGoBeforeBulkButEveryFourthBatchIsBulk() throws RefusedException {
        ModelLane a = gated.lane("a");
        gated.occupy(a);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            jobs.add(submit(a, 8, Priority.BULK, MINUTE));
        }
        for (int i = 0; i < 7; i++) {
            jobs.add(submit(a, 7));
        }
        gated.finish(jobs);
        assertThat(gated.ran)
                .containsExactly("a: 1", "a: 7", "a: 7", "a: 7", "a: 8", "a: 7", "a: 7", "a: 7", "a: 8", "a: 7");
    }

    @Test
    void modelsGetEqualSharesOfTheWorkWhateverTheirRequestsSizes() throws RefusedException {
        ModelLane a = gated.lane("a");
        ModelLane b = gated.lane("b");
        gated.occupy(gated.lane("c"));
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            jobs.add(submit(a, 8));
        }
        for (int i = 0; i < 4; i++) {
            jobs.add(submit(b, 5));
        }
        gated.finish(jobs);
        assertThat(gated.ran).containsExactly("c: 1", "a: 8", "b: 5", "b: 5", "a: 8", "b: 5", "b: 5");
    }

    @Test
    void aCancelledRequestLeavesTheQueueAtOnceAndIsNotComputed() throws RefusedException {
        ModelLane a = gated.lane("a");
        Job first = gated.occupy(a);
        Job gone = submit(a, 2);
        assertThat(gone.cancel()).isTrue();
        assertThat(gated.queue.waiting()).isZero();
        assertThat(gated.queue.estimatedWait(Priority.INTERACTIVE)).isEqualTo(PASS);
        gated.finish(List.of(first));
        assertThat(gated.ran).containsExactly("a: 1");
        assertThat(gone.result()).isCancelled();
    }

    @Test
    void aRequestThatRunsCannotBeTakenOut() throws RefusedException {
        Job running = gated.occupy(gated.lane("a"));
        assertThat(running.cancel()).isFalse();
        gated.finish(List.of(running));
    }

    @Test
    void aDrainingQueueRefusesNewRequestsAndRunsThoseItHas() throws RefusedException {
        ModelLane a = gated.lane("a");
        Job first = gated.occupy(a);
        Job second = submit(a, 2);
        gated.queue.drain();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> submit(a, 1))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DRAINING));
        gated.mayEnd.release(1000);
        gated.queue.close();
        assertThat(first.result()).isCompleted();
        assertThat(second.result()).isCompleted();
        assertThat(gated.ran).containsExactly("a: 1", "a: 2");
    }

    /** A model of which each pass does the same. */
    private ModelLane lane(String name, Supplier<List<ServerResult>> pass) {
        return gated.queue.lane(
                new BatchModel() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public List<ServerResult> run(
                            List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
                        return pass.get();
                    }

                    @Override
                    public long multiplyAdds(int patches) {
                        return patches;
                    }
                },
                PASS,
                1);
    }

    private void assertFails(ModelLane broken, String message) throws Exception {
        assertThat(submit(broken, 1).result().get(30, TimeUnit.SECONDS).result()) // or the thread has died
                .isInstanceOfSatisfying(
                        ServerResult.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessage(message));
        gated.finish(List.of(submit(gated.lane("a"), 1)));
        assertThat(gated.ran).containsExactly("a: 1");
    }

    @Test
    void theThreadSurvivesWhateverAPassThrows() throws Exception {
        ModelLane broken = lane("broken", () -> {
            throw new StackOverflowError("deep");
        });
        assertFails(broken, "deep");
    }

    @Test
    void aModelThatGivesAnotherNumberOfResultsThanImagesFailsThem() throws Exception {
        assertFails(lane("short", List::of), "model short gave 0 results for 1 images");
    }
}
