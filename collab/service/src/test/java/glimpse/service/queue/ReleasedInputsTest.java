package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images free their memory once, however their jobs end. */
class ReleasedInputsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final QueueLimits limits = new QueueLimits(100, 2, MINUTE); // 2 requests wait at most
    private final InferenceQueue queue = new InferenceQueue(1, limits, QueueListener.NONE);
    private final ModelLane lane = queue.lane(new GatedModel(), Duration.ofMillis(1), 1);

    /** Counts its releases. */
    private static final class Input implements ModelInput {
        private final AtomicInteger releases = new AtomicInteger();

        @Override
        public int patches() {
            return 1;
        }

        @Override
        public PatchSequence sequence() {
            assertThat(releases).hasValue(0);
            return PatchSequence.of(1, 1, new int[] {0}, new float[1]);
        }

        @Override
        public void release() {
            releases.incrementAndGet();
        }
    }

    private final class GatedModel implements BatchModel {
        @Override
        public String name() {
            return "gated";
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            begun.release();
            mayEnd.acquireUninterruptibly();
            return Collections.nCopies(batch.size(), new ServerResult.Failed(new IllegalStateException("done")));
        }

        @Override
        public long multiplyAdds(int patches) {
            return patches;
        }
    }

    @AfterEach
    void stop() {
        mayEnd.release(100);
        queue.close();
    }

    private Job submit(Input input, Duration timeLeft) throws RefusedException {
        return lane.submit(input, Priority.INTERACTIVE, timeLeft);
    }

    private void occupy() throws RefusedException {
        submit(new Input(), MINUTE);
        begun.acquireUninterruptibly();
    }

    @Test
    void anImageIsReleasedOnceTheModelHasIt() throws RefusedException {
        occupy();
        Input input = new Input();
        submit(input, MINUTE);
        assertThat(input.releases).hasValue(0);
        mayEnd.release();
        begun.acquireUninterruptibly();
        assertThat(input.releases).hasValue(1);
    }

    @Test
    void anImageThatNobodyWaitsForIsReleased() throws RefusedException {
        occupy();
        Input input = new Input();
        submit(input, MINUTE).cancel();
        assertThat(input.releases).hasValue(1);
    }

    @Test
    void anImageWhoseDeadlinePassesIsReleased() throws RefusedException {
        occupy();
        Input input = new Input();
        Job job = submit(input, Duration.ofMillis(20));
        while (!job.isPast(System.nanoTime())) {
            Thread.onSpinWait();
        }
        mayEnd.release();
        job.result().handle((result, failure) -> true).join();
        assertThat(input.releases).hasValue(1);
    }

    @Test
    void imagesThatAreRefusedTogetherStayTheCallers() throws RefusedException {
        occupy();
        List<Input> inputs = List.of(new Input(), new Input(), new Input());
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> lane.submit(
                        inputs.stream().<ModelInput>map(input -> input).toList(),
                        PassOutputs.LOGITS,
                        Priority.INTERACTIVE,
                        MINUTE));
        assertThat(inputs).allSatisfy(input -> assertThat(input.releases).hasValue(0));
    }
}
