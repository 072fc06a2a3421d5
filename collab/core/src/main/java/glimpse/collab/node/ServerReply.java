package glimpse.collab.node;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PredictionReply;
import glimpse.engine.ClassProbability;
import java.io.IOException;

/** Reads a server's reply. */
public final class ServerReply {
    private ServerReply() {}

    /**
     * Reads a prediction reply.
     *
     * @param requestId the id of the request that was sent
     * @param classes number of classes that the edge's model knows
     * @param reply the bytes that came back
     * @throws ServerErrorException if the server replied with an error
     * @throws MessageException if the reply is malformed
     * @throws IOException if the message is a request, the reply to another request, or names a class that the edge's
     *     model doesn't have
     */
    public static PredictionReply prediction(int requestId, int classes, byte[] reply) throws IOException {
        return switch (Message.parse(reply)) {
            case ErrorReply error -> {
                if (error.requestId() != 0) { // 0: the server couldn't read the request's id
                    requireSame(requestId, error.requestId());
                }
                throw new ServerErrorException(error);
            }
            case PredictionReply prediction -> {
                requireSame(requestId, prediction.requestId());
                for (ClassProbability one : prediction.top()) {
                    if (one.index() >= classes) {
                        throw new IOException("the reply names class " + one.index()
                                + ", expected less than the edge's " + classes + " classes");
                    }
                }
                yield prediction;
            }
            case PatchRequest request -> throw new IOException("a request came where a reply was expected");
        };
    }

    private static void requireSame(int expected, int got) throws IOException {
        if (got != expected) {
            throw new IOException("the reply is to request " + got + ", expected " + expected);
        }
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
