package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue under lasting load: new requests come while each batch runs. The models run batch by batch. */
@Timeout(30)
class FairnessTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final BlockingQueue<Ran> begun = new LinkedBlockingQueue<>();
    private final Semaphore mayEnd = new Semaphore(0);
    private final InferenceQueue queue =
            new InferenceQueue(1, new QueueLimits(8, 1000, HOUR), QueueListener.NONE, clock::get);

    /** A batch that runs. */
    private record Ran(String model, int images, int patches) {}

    /** Each patch takes a millisecond. */
    private final class Model implements BatchModel {
        private final String name;
        private final long multiplyAdds; // of a patch

        Model(String name, long multiplyAdds) {
            this.name = name;
            this.multiplyAdds = multiplyAdds;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            int patches = batch.stream().mapToInt(PatchSequence::patches).sum();
            begun.add(new Ran(name, batch.size(), patches));
            mayEnd.acquireUninterruptibly();
            clock.addAndGet(Duration.ofMillis(patches).toNanos());
            return Collections.nCopies(batch.size(), new ServerResult.Failed(new IllegalStateException(name)));
        }

        @Override
        public long multiplyAdds(int patches) {
            return multiplyAdds * patches;
        }
    }

    private ModelLane lane(String name) {
        return lane(name, 1);
    }

    private ModelLane lane(String name, long multiplyAdds) {
        return queue.lane(new Model(name, multiplyAdds), Duration.ofMillis(1), multiplyAdds);
    }

    private static Job submit(ModelLane lane, int patches, Priority priority) throws RefusedException {
        ModelInput image = ModelInput.of(
                PatchSequence.of(16, 1, IntStream.range(0, patches).toArray(), new float[patches]));
        return lane.submit(image, priority, HOUR);
    }

    private static void submit(ModelLane lane, int patches, int requests) throws RefusedException {
        for (int i = 0; i < requests; i++) {
            submit(lane, patches, Priority.INTERACTIVE);
        }
    }

    /** Waits for the next batch to begin; the one before it ends. */
    private Ran next() throws InterruptedException {
        mayEnd.release();
        return begun.take();
    }

    /** Keeps the queue busy until the next batch is asked for. */
    private void occupy() throws RefusedException, InterruptedException {
        submit(lane("other"), 1, 1);
        begun.take();
    }

    @AfterEach
    void stop() {
        mayEnd.release(1_000_000);
        queue.close();
    }

    @Test
    void twoModelsUnderLoadGetEqualSharesOfTheWork() throws RefusedException, InterruptedException {
        ModelLane small = lane("small");
        ModelLane large = lane("large");
        occupy();
        submit(small, 1, 20); // many small requests
        submit(large, 7, 2);
        Map<String, Integer> patches = new HashMap<>();
        for (int batch = 0; batch < 200; batch++) {
            Ran ran = next();
            patches.merge(ran.model(), ran.patches(), Integer::sum);
            boolean isSmall = ran.model().equals("small");
            submit(isSmall ? small : large, isSmall ? 1 : 7, ran.images());
            assertThat(Math.abs(patches.getOrDefault("small", 0) - patches.getOrDefault("large", 0)))
                    .isLessThanOrEqualTo(8); // a batch
        }
    }

    @Test
    void aModelThatWasIdleGetsItsShareFromNowOnAndNotTheOneThatItLeft() throws RefusedException, InterruptedException {
        ModelLane busy = lane("busy");
        ModelLane idle = lane("idle");
        occupy();
        submit(busy, 8, 2);
        for (int batch = 0; batch < 50; batch++) {
            assertThat(next().model()).isEqualTo("busy");
            submit(busy, 8, 1);
        }
        submit(idle, 8, 10);
        int ofIdle = 0;
        for (int batch = 0; batch < 10; batch++) {
            boolean isIdle = next().model().equals("idle");
            submit(isIdle ? idle : busy, 8, 1);
            ofIdle += isIdle ? 1 : 0;
        }
        assertThat(ofIdle).isEqualTo(5);
    }

    @Test
    void modelsTakeTurnsHoweverMuchWorkTheyHaveHad() throws RefusedException, InterruptedException {
        ModelLane one = lane("one", 1L << 58); // as much as a long holds in four batches
        ModelLane other = lane("other one", 1L << 58);
        occupy();
        submit(one, 8, 1);
        submit(other, 8, 1);
        for (int batch = 0; batch < 20; batch++) {
            boolean isOne = next().model().equals("one");
            assertThat(isOne).isEqualTo(batch % 2 == 0);
            submit(isOne ? one : other, 8, 1);
        }
    }

    @Test
    void bulkGetsAQuarterOfTheBatchesHoweverManyInteractiveRequestsCome()
            throws RefusedException, InterruptedException {
        ModelLane lane = lane("a");
        occupy();
        for (int i = 0; i < 10; i++) {
            submit(lane, 5, Priority.BULK);
        }
        submit(lane, 8, 2);
        int bulk = 0;
        for (int batch = 1; batch <= 40; batch++) {
            boolean isBulk = next().patches() == 5;
            bulk += isBulk ? 1 : 0;
            if (!isBulk) {
                submit(lane, 8, 1); // there are always two
            }
            assertThat(bulk).isEqualTo(batch / 4);
        }
    }

    @Test
    void bulkOfOneModelIsNotStarvedByInteractiveRequestsOfAnother() throws RefusedException, InterruptedException {
        ModelLane chatty = lane("chatty");
        occupy();
        Job bulk = submit(lane("quiet"), 8, Priority.BULK);
        submit(chatty, 8, 2);
        for (int batch = 0; batch < 3; batch++) {
            assertThat(next().model()).isEqualTo("chatty");
            submit(chatty, 8, 1);
        }
        assertThat(next().model()).isEqualTo("quiet");
        assertThat(next().model()).isEqualTo("chatty");
        assertThat(bulk.result()).isCompleted();
    }
}
