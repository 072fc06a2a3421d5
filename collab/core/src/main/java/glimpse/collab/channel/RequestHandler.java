package glimpse.collab.channel;

import java.util.List;

/** Replies to requests: the server's side of a channel. Safe for use by several threads. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Handles requests, each on its own: a malformed one gets an error reply and doesn't affect the others. Never
     * throws.
     *
     * @return one reply per request, in the same order
     */
    List<byte[]> handle(List<byte[]> requests);
}
