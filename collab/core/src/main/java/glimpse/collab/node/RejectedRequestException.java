package glimpse.collab.node;

import glimpse.collab.codec.ErrorReply;
import java.util.Objects;

/** Thrown if a request gets an error reply without the model having run. */
public final class RejectedRequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ErrorReply reply;

    /** Creates an exception for a reply. */
    RejectedRequestException(ErrorReply reply, Throwable cause) {
        super(reply.text(), cause);
        this.reply = reply;
    }

    /** Returns the reply to the request. */
    public ErrorReply reply() {
        return Objects.requireNonNull(reply, "the reply isn't serialised");
    }
}
