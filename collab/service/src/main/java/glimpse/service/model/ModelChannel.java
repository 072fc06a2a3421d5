package glimpse.service.model;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.AcceptedRequest;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.RejectedRequestException;
import java.io.IOException;
import java.time.Duration;

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
            AcceptedRequest accepted = model.read(request);
            return QueuedRun.run(model, accepted.input(), PassOutputs.LOGITS, limit)
                    .reply(accepted.requestId())
                    .encode();
        } catch (RejectedRequestException e) {
            return e.reply().encode();
        }
    }

    @Override
    public void close() {}
}
