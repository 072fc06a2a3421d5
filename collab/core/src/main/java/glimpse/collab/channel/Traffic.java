package glimpse.collab.channel;

/**
 * The messages that crossed a channel and their bytes.
 *
 * @param requests messages from edge to server
 * @param replies messages from server to edge
 * @param upBytes bytes of all requests
 * @param downBytes bytes of all replies
 */
public record Traffic(long requests, long replies, long upBytes, long downBytes) {
    /** Returns what has crossed since an earlier moment. */
    public Traffic minus(Traffic earlier) {
        return new Traffic(
                requests - earlier.requests,
                replies - earlier.replies,
                upBytes - earlier.upBytes,
                downBytes - earlier.downBytes);
    }
}
