package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which requests run on all threads of a queue, and which are divided among them. */
class SharesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int THREADS = 3;

    private final BlockingQueue<Pass> begun = new LinkedBlockingQueue<>();
    private final InferenceQueue queue =
            new InferenceQueue(THREADS, new QueueLimits(30, 100, MINUTE), QueueListener.NONE);
    private final ModelLane lane = queue.lane(new Model(), Duration.ofMillis(1), 1);
    private final List<Pass> passes = new ArrayList<>();
    private final Semaphore answered = new Semaphore(0);

    /** A pass that waits until it may end. */
    private record Pass(int images, boolean onAllThreads, Semaphore mayEnd) {
        void end() {
            mayEnd.release();
        }
    }

    private final class Model implements BatchModel {
        @Override
        public String name() {
            return "model";
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            return wait(batch, true);
        }

        @Override
        public List<ServerResult> runBeside(
                int thread, List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            return wait(batch, false);
        }

        private List<ServerResult> wait(List<PatchSequence> batch, boolean onAllThreads) {
            Pass pass = new Pass(batch.size(), onAllThreads, new Semaphore(0));
            begun.add(pass);
            pass.mayEnd.acquireUninterruptibly();
            ServerResult failed = new ServerResult.Failed(new IllegalStateException("not computed"));
            return batch.stream().map(image -> failed).toList();
        }

        @Override
        public long multiplyAdds(int patches) {
            return patches;
        }
    }

    /** Lets every pass end and closes the queue. */
    @AfterEach
    void finish() {
        passes.forEach(Pass::end);
        Thread ending = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    begun.take().end();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        queue.close();
        ending.interrupt();
    }

    private List<Job> submit(int requests) throws RefusedException {
        List<ModelInput> images = IntStream.range(0, requests)
                .mapToObj(i -> ModelInput.of(PatchSequence.of(16, 1, new int[] {i}, new float[1])))
                .toList();
        List<Job> jobs = lane.submit(images, PassOutputs.LOGITS, Priority.INTERACTIVE, MINUTE);
        for (Job job : jobs) {
            var _ = job.result().thenRun(answered::release);
        }
        return jobs;
    }

    /** Waits until another pass has begun. */
    private Pass next() throws InterruptedException {
        Pass pass = begun.take();
        passes.add(pass);
        return pass;
    }

    /** Makes every thread run a share. */
    private List<Pass> threeShares() throws RefusedException, InterruptedException {
        submit(1);
        Pass first = next();
        submit(THREADS);
        first.end();
        List<Pass> shares = List.of(next(), next(), next());
        answered.acquire();
        return shares;
    }

    @Test
    void aLoneRequestRunsOnAllThreads() throws RefusedException, InterruptedException {
        submit(1);
        assertThat(next().onAllThreads()).isTrue();
    }

    @Test
    void fewerRequestsThanThreadsRunAsOneBatchOnAllThreads() throws RefusedException, InterruptedException {
        submit(THREADS - 1);
        Pass pass = next();
        assertThat(pass.images()).isEqualTo(THREADS - 1);
        assertThat(pass.onAllThreads()).isTrue();
    }

    @Test
    void requestsForEveryThreadAreDividedAmongThem() throws RefusedException, InterruptedException {
        submit(3 * THREADS);
        for (int i = 0; i < THREADS; i++) {
            assertThat(next().onAllThreads()).isFalse();
        }
        assertThat(passes).extracting(Pass::images).containsExactlyInAnyOrder(3, 2, 2); // of those still waiting
    }

    @Test
    void nothingRunsBesideABatchOnAllThreads() throws RefusedException, InterruptedException {
        submit(1);
        Pass alone = next();
        submit(3 * THREADS);
        assertThat(begun).isEmpty();
        alone.end();
        assertThat(next().onAllThreads()).isFalse();
    }

    @Test
    void aThreadThatIsDoneTakesTheNextRequestWhileTheOthersGoOn() throws RefusedException, InterruptedException {
        List<Pass> shares = threeShares();
        submit(1);
        assertThat(begun).isEmpty();
        shares.getFirst().end();
        assertThat(next().onAllThreads()).isFalse();
    }

    @Test
    void tooFewRequestsForTheFreeThreadsWaitForAllThreads() throws RefusedException, InterruptedException {
        List<Pass> shares = threeShares();
        shares.get(0).end();
        shares.get(1).end();
        answered.acquire(2); // two threads are free
        submit(1);
        assertThat(begun).isEmpty();
        shares.get(2).end();
        assertThat(next().onAllThreads()).isTrue();
    }

    @Test
    void everyAcceptedRequestRunsBeforeAQueueCloses() throws RefusedException, InterruptedException {
        List<Job> jobs = new ArrayList<>(submit(1));
        next();
        jobs.addAll(submit(7));
        queue.drain();
        finish();
        assertThat(jobs).allSatisfy(job -> assertThat(job.result()).isDone());
    }
}
