package glimpse.collab.node;

import glimpse.collab.codec.Answer;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.Refusal;
import java.io.IOException;

/** Reads what came back from a server. */
public final class ServerReply {
    private ServerReply() {}

    /**
     * The answer in a reply.
     *
     * @throws RefusedException if the server refused
     * @throws MessageException if the reply is malformed
     * @throws IOException if it is the reply to something else
     */
    public static Answer answer(int requestId, byte[] reply) throws IOException {
        Message message = Message.parse(reply);
        return switch (message) {
            case Refusal refusal -> throw new RefusedException(refusal.text());
            case Answer answer when answer.requestId() == requestId -> answer;
            case Answer answer ->
                throw new IOException("the reply is to request " + answer.requestId() + ", expected " + requestId);
            case PatchRequest request -> throw new IOException("a request came where a reply was expected");
        };
    }

    /** The server got the request and gave no answer. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private RefusedException(String text) {
            super("the server refused: " + text);
        }
    }
}
