package glimpse.collab.channel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Carries requests to a server and its replies back, as bytes that it doesn't interpret. */
public interface Channel extends AutoCloseable {
    /**
     * Sends one request and waits for its reply.
     *
     * @throws IOException if the server can't be reached or doesn't reply
     */
    byte[] exchange(byte[] request) throws IOException;

    /**
     * Sends several requests, which the server may process as one batch, and waits for all replies.
     *
     * @return one reply per request, in the same order
     * @throws IOException as {@link #exchange}
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
