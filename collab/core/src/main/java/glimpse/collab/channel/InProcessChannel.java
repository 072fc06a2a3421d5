package glimpse.collab.channel;

import java.util.List;
import java.util.Objects;

/** Connects edge and server in one process with the bytes that a network would carry. As thread-safe as its handler. */
public final class InProcessChannel implements Channel {
    private final RequestHandler handler;

    /** Creates a channel to a handler. */
    public InProcessChannel(RequestHandler handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
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
