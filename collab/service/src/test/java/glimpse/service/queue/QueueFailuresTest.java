package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import glimpse.service.queue.RefusedException.Reason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures beside the model's pass end neither the queue's thread nor other requests. */
@Timeout(60) // the thread has ended
class QueueFailuresTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger threadLooksAtClock = new AtomicInteger(Integer.MAX_VALUE); // until one look fails
    private final InferenceQueue queue =
            new InferenceQueue(1, new QueueLimits(100, 100, MINUTE), new Thrower(), this::nanoTime, log::add);
    private final ModelLane lane = queue.lane(new Model(), Duration.ofMillis(1), 1);

    /** A listener that can do nothing. */
    private static final class Thrower implements QueueListener {
        @Override
        public void batchRan(BatchReport batch) {
            throw new IllegalStateException("batch");
        }

        @Override
        public void refused(String model, Reason reason) {
            throw new IllegalStateException("refused");
        }

        @Override
        public void cancelled(String model) {
            throw new OutOfMemoryError("cancelled");
        }
    }

    private final class Model implements BatchModel {
        @Override
        public String name() {
            return "a";
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            begun.release();
            mayEnd.acquireUninterruptibly();
            return Collections.nCopies(batch.size(), new ServerResult.Failed(new IllegalStateException("done")));
        }

        @Override
        public long multiplyAdds(int patches) {
            if (patches == 0) {
                throw new IllegalStateException("no patches");
            }
            return patches;
        }
    }

    private long nanoTime() {
        if (Thread.currentThread().getName().startsWith("glimpse-model-")
                && threadLooksAtClock.getAndDecrement() == 0) {
            throw new OutOfMemoryError("clock");
        }
        return 0;
    }

    @AfterEach
    void stop() {
        mayEnd.release(100);
        queue.close();
    }

    private static ModelInput image(int patches) {
        return ModelInput.of(PatchSequence.of(4, 1, new int[patches], new float[patches]));
    }

    private Job submit() throws RefusedException {
        return lane.submit(image(1), Priority.INTERACTIVE, MINUTE);
    }

    /** Submits a request and waits for its pass to begin. */
    private Job begin() throws RefusedException {
        Job job = submit();
        begun.acquireUninterruptibly();
        return job;
    }

    private static JobResult result(Job job) throws Exception {
        return job.result().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aListenerThatThrowsIsLoggedOnceAndRequestsAreAnswered() throws Exception {
        mayEnd.release(2);
        result(submit());
        result(submit());
        assertThat(log)
                .containsExactly("counting what the queue does failed: java.lang.IllegalStateException: batch;"
                        + " further failures aren't logged");
    }

    @Test
    void aListenerThatThrowsDoesNotChangeRefusals() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> lane.submit(image(1), Priority.INTERACTIVE, Duration.ZERO))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DEADLINE_PASSED));
    }

    @Test
    void aListenerThatThrowsDoesNotKeepACancelledRequest() throws RefusedException {
        begin();
        Job waiting = submit();
        assertThat(waiting.cancel()).isTrue();
        assertThat(waiting.result()).isCancelled();
    }

    @Test
    void aBatchThatCannotBeEndedFailsAndTheNextOneRuns() throws Exception {
        Job failed = begin();
        threadLooksAtClock.set(0); // for how long the pass took
        mayEnd.release();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result(failed))
                .withMessage("java.lang.OutOfMemoryError: clock");
        mayEnd.release();
        result(submit());
        assertThat(log).first().asString().startsWith("ending a batch failed: java.lang.OutOfMemoryError: clock");
    }

    @Test
    void aBatchThatCannotBeChosenIsTriedAgain() throws Exception {
        threadLooksAtClock.set(0); // for deadlines that have passed
        mayEnd.release();
        result(submit());
        assertThat(log).first().asString().startsWith("choosing a batch failed: java.lang.OutOfMemoryError: clock");
    }

    @Test
    void ifOneOfSeveralImagesCannotBeQueuedNoneIs() throws RefusedException {
        begin();
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        lane.submit(List.of(image(1), image(0)), PassOutputs.LOGITS, Priority.INTERACTIVE, MINUTE))
                .withMessage("no patches");
        assertThat(queue.waiting()).isZero();
    }
}
