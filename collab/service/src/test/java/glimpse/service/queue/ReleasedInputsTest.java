package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.engine.PatchSequence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images free their memory once the model has them, or however else their jobs end. */
class ReleasedInputsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final GatedQueue queue = new GatedQueue(new QueueLimits(100, 2, MINUTE)); // 2 requests wait at most
    private final ModelLane lane = queue.lane("a");

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

    @AfterEach
    void stop() {
        queue.close();
    }

    private Job submit(Input input, Duration timeLeft) throws RefusedException {
        return lane.submit(input, Priority.INTERACTIVE, timeLeft);
    }

    @Test
    void anImageIsReleasedOnceTheModelHasIt() throws RefusedException {
        queue.occupy(lane);
        Input input = new Input();
        submit(input, MINUTE);
        assertThat(input.releases).hasValue(0);
        queue.mayEnd.release();
        queue.begun.acquireUninterruptibly();
        assertThat(input.releases).hasValue(1);
    }

    @Test
    void anImageThatNobodyWaitsForIsReleased() throws RefusedException {
        queue.occupy(lane);
        Input input = new Input();
        submit(input, MINUTE).cancel();
        assertThat(input.releases).hasValue(1);
    }

    @Test
    void anImageWhoseDeadlinePassesIsReleased() throws RefusedException {
        queue.occupy(lane);
        Input input = new Input();
        Job job = submit(input, Duration.ofMillis(29));
        queue.clock.addAndGet(Duration.ofMillis(30).toNanos());
        queue.mayEnd.release();
        job.result().handle((result, failure) -> true).join();
        assertThat(input.releases).hasValue(1);
    }

    @Test
    void imagesThatAreRefusedTogetherStayTheCallers() throws RefusedException {
        queue.occupy(lane);
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
