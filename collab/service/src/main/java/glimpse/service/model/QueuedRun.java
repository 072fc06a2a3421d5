package glimpse.service.model;

import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.service.queue.Job;
import glimpse.service.queue.Priority;
import glimpse.service.queue.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a model on an image by way of its queue, as a request from outside would, and waits. */
final class QueuedRun {
    private QueuedRun() {}

    /**
     * Runs the model, and releases its input.
     *
     * @param outputs what the pass gives
     * @param limit the longest wait
     * @throws ChannelException if there is no result
     */
    static ServerResult run(ServedModel model, ModelInput input, PassOutputs outputs, Duration limit)
            throws ChannelException {
        try {
            Job job = model.lane()
                    .submit(List.of(input), outputs, Priority.INTERACTIVE, limit)
                    .getFirst();
            try {
                return job.result().get(limit.toNanos(), TimeUnit.NANOSECONDS).result();
            } finally {
                job.cancel(); // does nothing once there is a result
            }
        } catch (RefusedException e) {
            input.release();
            throw new ChannelException(FailureReason.OVERLOADED, String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            throw new ChannelException(FailureReason.TIMEOUT, "no result within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new ChannelException(FailureReason.SERVER_FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(FailureReason.INTERRUPTED, "interrupted while waiting for the model");
        }
    }
}
