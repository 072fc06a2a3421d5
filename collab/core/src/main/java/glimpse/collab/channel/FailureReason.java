package glimpse.collab.channel;

/** Why a server gave no prediction. */
public enum FailureReason {
    /** No connection could be made, or it broke before the reply was complete. */
    UNREACHABLE,
    /** The reply wasn't complete within the time limit. */
    TIMEOUT,
    /** The server refused the request for now: it is overloaded or shutting down. */
    OVERLOADED,
    /** The server doesn't accept the token, or asks for one. */
    UNAUTHORISED,
    /** The TLS handshake failed: the edge doesn't trust the server's certificate, or the server the edge's. */
    TLS_FAILED,
    /** The server has no such model, or one that isn't the expected one or doesn't fit the request. */
    WRONG_MODEL,
    /** The server says that the request is malformed or too large. */
    REQUEST_REJECTED,
    /** The server doesn't have the patches of the upload's earlier rounds, or no longer. */
    UPLOAD_GONE,
    /** The server received the request and failed. */
    SERVER_FAILED,
    /** What came back isn't a reply to the request. */
    PROTOCOL_ERROR,
    /** Nothing was sent, because earlier requests failed; the server is asked again soon. */
    CIRCUIT_OPEN,
    /** Nothing was sent, because by recent measurements the exchange wouldn't end within the time limit. */
    LINK_TOO_SLOW,
    /** The waiting thread was interrupted; its interrupt status is set. */
    INTERRUPTED,
    /** The channel failed in another way, or is closed. */
    CHANNEL_FAILED;

    /** Returns whether the same request may succeed shortly. */
    boolean mayPass() {
        return this == UNREACHABLE || this == OVERLOADED;
    }
}
