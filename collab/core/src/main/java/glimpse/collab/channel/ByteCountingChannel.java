package glimpse.collab.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the messages that cross another channel and their bytes, without what a network adds (the headers of HTTP, TLS
 * and packets). A request counts even if no reply comes back. As thread-safe as the wrapped channel.
 */
public final class ByteCountingChannel implements Channel {
    private final Channel channel;
    private final LongAdder requests = new LongAdder();
    private final LongAdder replies = new LongAdder();
    private final LongAdder upBytes = new LongAdder();
    private final LongAdder downBytes = new LongAdder();

    /** Wraps a channel; {@link #close} closes it too. */
    public ByteCountingChannel(Channel channel) {
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    @Override
    public byte[] exchange(byte[] request) throws IOException {
        countRequest(request);
        byte[] reply = channel.exchange(request);
        countReply(reply);
        return reply;
    }

    @Override
    public byte[] exchange(byte[] request, Duration limit) throws IOException {
        countRequest(request);
        byte[] reply = channel.exchange(request, limit);
        countReply(reply);
        return reply;
    }

    @Override
    public List<byte[]> exchangeAll(List<byte[]> messages) throws IOException {
        messages.forEach(this::countRequest);
        List<byte[]> received = channel.exchangeAll(messages);
        received.forEach(this::countReply);
        return received;
    }

    private void countRequest(byte[] request) {
        requests.increment();
        upBytes.add(request.length);
    }

    private void countReply(byte[] reply) {
        replies.increment();
        downBytes.add(reply.length);
    }

    /** Returns what has crossed so far. */
    public Traffic traffic() {
        return new Traffic(requests.sum(), replies.sum(), upBytes.sum(), downBytes.sum());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
