package glimpse.collab.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Carries requests to a server and its replies back, as bytes. */
public interface Channel extends AutoCloseable {
    /**
     * Sends one request and waits for its reply.
     *
     * @throws ChannelException if there is no reply and the channel can tell why
     * @throws IOException if the server can't be reached or doesn't reply
     */
    byte[] exchange(byte[] request) throws IOException;

    /**
     * Sends one request and waits for its reply, not longer than a limit. A channel that can't be interrupted, such as
     * one in process, ignores the limit, and so does this default.
     *
     * @param limit the longest wait until the reply is complete, above 0
     * @throws IOException as {@link #exchange(byte[])}
     */
    default byte[] exchange(byte[] request, Duration limit) throws IOException {
        return exchange(request);
    }

    /**
     * Sends several requests, which the server may process as one batch, and waits for all replies.
     *
     * @return one reply per request, in the same order
     * @throws IOException as {@link #exchange(byte[])}
     */
    default List<byte[]> exchangeAll(List<byte[]> requests) throws IOException {
        List<byte[]> replies = new ArrayList<>();
        for (byte[] request : requests) {
            replies.add(exchange(request));
        }
        return replies;
    }

    @Override
    void close() throws IOException;
}
