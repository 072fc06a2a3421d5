package glimpse.service.model;

import glimpse.collab.channel.Channel;
import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.node.AcceptedRequest;
import glimpse.collab.node.RejectedRequestException;
import glimpse.service.queue.Job;
import glimpse.service.queue.Priority;
import glimpse.service.queue.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Leads to a model of this process by way of its queue, as a request from outside would come. Thread-safe. */
public final class ModelChannel implements Channel {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ServedModel model;

    /** Creates a channel. */
    public ModelChannel(ServedModel model) {
        this.model = model;
    }

    @Override
    public byte[] exchange(byte[] request) throws IOException {
        return exchange(request, LONGEST);
    }

    @Override
    public byte[] exchange(byte[] request, Duration limit) throws IOException {
        try {
            AcceptedRequest accepted = model.reader().read(request);
            Job job = model.lane().submit(accepted.patches(), Priority.INTERACTIVE, limit);
            try {
                return job.result()
                        .get(limit.toNanos(), TimeUnit.NANOSECONDS)
                        .result()
                        .reply(accepted.requestId())
                        .encode();
            } finally {
                job.cancel(); // does nothing once there is a result
            }
        } catch (RejectedRequestException e) {
            return e.reply().encode();
        } catch (RefusedException e) {
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

    @Override
    public void close() {}
}
