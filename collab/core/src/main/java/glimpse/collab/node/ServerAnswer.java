package glimpse.collab.node;

import glimpse.collab.channel.Channel;
import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.codec.PredictionReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What came of asking the server: a prediction, or the reason why there is none. Immutable. */
public sealed interface ServerAnswer {
    /**
     * The server replied with a prediction.
     *
     * @param reply the prediction
     * @param bytes of the reply
     */
    record Predicted(PredictionReply reply, int bytes) implements ServerAnswer {}

    /**
     * The server gave no prediction.
     *
     * @param reason why
     * @param detail the same as one line for a person to read
     */
    record Failed(FailureReason reason, String detail) implements ServerAnswer {}

    /**
     * Sends a request and reads the reply. Never throws, whatever the channel does.
     *
     * @param channel leads to the server
     * @param requestId the id in the request
     * @param classes number of classes that the edge's model knows
     * @param request the message's bytes
     * @param limit the longest wait; empty for as long as the channel waits
     */
    static ServerAnswer ask(Channel channel, int requestId, int classes, byte[] request, Optional<Duration> limit) {
        try {
            byte[] reply = limit.isPresent() ? channel.exchange(request, limit.get()) : channel.exchange(request);
            return read(requestId, classes, reply);
        } catch (ChannelException e) {
            return new Failed(e.reason(), String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) { // whatever a channel throws
            return new Failed(FailureReason.CHANNEL_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static ServerAnswer read(int requestId, int classes, byte[] reply) {
        try {
            return new Predicted(ServerReply.prediction(requestId, classes, reply), reply.length);
        } catch (ServerReply.ServerErrorException e) {
            FailureReason reason = switch (e.reason()) {
                case MALFORMED -> FailureReason.REQUEST_REJECTED;
                case MODEL_MISMATCH -> FailureReason.WRONG_MODEL;
                case FAILED -> FailureReason.SERVER_FAILED;
                case UPLOAD_GONE -> FailureReason.UPLOAD_GONE;
            };
            return new Failed(reason, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Failed(FailureReason.PROTOCOL_ERROR, String.valueOf(e.getMessage()));
        }
    }
}
