package glimpse.collab.channel;

import java.util.List;

/** Edge and server in one process: the same bytes as over a network, and none on it. As thread-safe as its handler. */
public final class InProcessChannel implements Channel {
    private final RequestHandler handler;

    /** Makes a channel to a handler, which it doesn't close. */
    public InProcessChannel(RequestHandler handler) {
        this.handler = handler;
    }

    @Override
    public byte[] exchange(byte[] request) {
        return handler.handle(List.of(request)).getFirst();
    }

    @Override
    public List<byte[]> exchangeAll(List<byte[]> requests) {
        return handler.handle(List.copyOf(requests));
    }

    @Override
    public void close() {}
}
