package glimpse.collab.channel;

import java.util.List;

/** A server's side of a channel. Safe for use by several threads. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Answers requests, each for itself; what is malformed gets a reply that says so. Never throws.
     *
     * @return one reply a request, in the same order
     */
    List<byte[]> answer(List<byte[]> requests);
}
