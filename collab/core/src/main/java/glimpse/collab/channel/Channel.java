package glimpse.collab.channel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Carries requests to a server and brings its replies back; what the bytes mean is no concern of it. */
public interface Channel extends AutoCloseable {
    /**
     * Sends one request and waits for its reply.
     *
     * @throws IOException if the server can't be reached or the reply doesn't come
     */
    byte[] exchange(byte[] request) throws IOException;

    /**
     * Sends several requests, which the server may work on together, and waits for all replies, in the requests' order.
     *
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
