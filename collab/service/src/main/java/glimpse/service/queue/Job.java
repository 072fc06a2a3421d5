package glimpse.service.queue;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import java.util.concurrent.CompletableFuture;

/** A request that a queue accepted. Thread-safe. */
public final class Job {
    final ModelLane lane;
    final ModelInput input;
    final PassOutputs outputs;
    final Priority priority;
    final long multiplyAdds;
    final long enteredNanos;
    final long deadlineNanos;
    private final CompletableFuture<JobResult> result = new CompletableFuture<>();
    private volatile boolean cancelled;

    Job(
            ModelLane lane,
            ModelInput input,
            PassOutputs outputs,
            Priority priority,
            long enteredNanos,
            long deadlineNanos) {
        this.lane = lane;
        this.input = input;
        this.outputs = outputs;
        this.priority = priority;
        this.multiplyAdds = lane.model.multiplyAdds(input.patches());
        this.enteredNanos = enteredNanos;
        this.deadlineNanos = deadlineNanos;
        var _ = result.whenComplete((done, failure) -> input.release());
    }

    /**
     * Returns the future result. It is completed by the thread that runs the models, so what depends on it must run on
     * another. It fails with a {@link RefusedException} if the deadline passes first, and is cancelled by
     * {@link #cancel}.
     */
    public CompletableFuture<JobResult> result() {
        return result;
    }

    /**
     * Says that nobody waits for the result any more. If the model hasn't begun with the request, it leaves the queue;
     * if nobody waits for any image of the batch that it runs in, the model stops before its next block.
     *
     * @return whether it left the queue
     */
    public boolean cancel() {
        cancelled = true;
        return lane.queue.cancel(this);
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isPast(long now) {
        return deadlineNanos - now <= 0;
    }
}
