package glimpse.collab.node;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PredictionReply;
import java.io.IOException;

/** Reads a server's reply. */
public final class ServerReply {
    private ServerReply() {}

    /**
     * Reads a prediction reply.
     *
     * @param requestId the id of the request that was sent
     * @param reply the bytes that came back
     * @throws ServerErrorException if the server replied with an error
     * @throws MessageException if the reply is malformed
     * @throws IOException if the message is a request, or the reply to another request
     */
    public static PredictionReply prediction(int requestId, byte[] reply) throws IOException {
        return switch (Message.parse(reply)) {
            case ErrorReply error -> throw new ServerErrorException(error);
            case PredictionReply prediction when prediction.requestId() == requestId -> prediction;
            case PredictionReply prediction ->
                throw new IOException("the reply is to request " + prediction.requestId() + ", expected " + requestId);
            case PatchRequest request -> throw new IOException("a request came where a reply was expected");
        };
    }

    /** Thrown if the server received the request and replied with an error. */
    public static final class ServerErrorException extends IOException {
        private static final long serialVersionUID = 1;

        private final ErrorReply.Reason reason;

        private ServerErrorException(ErrorReply error) {
            super("the server replied: " + error.text());
            this.reason = error.reason();
        }

        /** Returns the kind of error. */
        public ErrorReply.Reason reason() {
            return reason;
        }
    }
}
