package glimpse.service;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import glimpse.service.queue.BatchModel;
import glimpse.service.queue.InferenceQueue;
import glimpse.service.queue.Priority;
import glimpse.service.queue.RefusedException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A model of a server's queue that is running, and does until this is closed; all other models wait. */
final class HeldQueue implements AutoCloseable, BatchModel {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldQueue(InferenceQueue queue) {
        ModelInput blank = ModelInput.of(PatchSequence.of(1, 1, new int[] {0}, new float[1]));
        try {
            queue.lane(this, Duration.ofNanos(1), 1).submit(blank, Priority.INTERACTIVE, Duration.ofMinutes(1));
        } catch (RefusedException e) {
            throw new IllegalStateException(e);
        }
        awaitUninterruptibly(begun);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "held";
    }

    @Override
    public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
        begun.countDown();
        awaitUninterruptibly(released);
        return Collections.nCopies(batch.size(), new ServerResult.Failed(new IllegalStateException("held")));
    }

    @Override
    public long multiplyAdds(int patches) {
        return 1;
    }

    @Override
    public void close() {
        released.countDown();
    }
}
