package glimpse.collab.channel;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what crosses another channel: messages and their bytes, without what a network adds (over TCP four bytes of
 * length a message, and the packets' headers). As thread-safe as the other channel.
 */
public final class ByteCountingChannel implements Channel {
    private final Channel channel;
    private final LongAdder requests = new LongAdder();
    private final LongAdder replies = new LongAdder();
    private final LongAdder upBytes = new LongAdder();
    private final LongAdder downBytes = new LongAdder();

    /** Wraps a channel, which {@link #close} closes. */
    public ByteCountingChannel(Channel channel) {
        this.channel = channel;
    }

    @Override
    public byte[] exchange(byte[] request) throws IOException {
        countRequest(request);
        byte[] reply = channel.exchange(request);
        countReply(reply);
        return reply;
    }

    @Override
    public List<byte[]> exchangeAll(List<byte[]> all) throws IOException {
        all.forEach(this::countRequest);
        List<byte[]> answers = channel.exchangeAll(all);
        answers.forEach(this::countReply);
        return answers;
    }

    private void countRequest(byte[] request) {
        requests.increment();
        upBytes.add(request.length);
    }

    private void countReply(byte[] reply) {
        replies.increment();
        downBytes.add(reply.length);
    }

    /** What has crossed so far. */
    public Traffic traffic() {
        return new Traffic(requests.sum(), replies.sum(), upBytes.sum(), downBytes.sum());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
