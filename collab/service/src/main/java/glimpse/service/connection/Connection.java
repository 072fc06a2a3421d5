package glimpse.service.connection;

import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One connection and its requests. When it closes, they are cancelled at once: Armeria itself waits for a second with
 * HTTP/1, and cancels nothing with HTTP/2 unless the client resets the streams.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    final long number;
    final InetAddress peer;
    private final Set<ServiceRequestContext> requests = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ChannelHandlerContext self;
    private volatile boolean closed;
    private final Duration idleTime;
    private volatile boolean used; // since the last look

    /** Watches a connection; numbers rise in the order in which connections are accepted. */
    Connection(long number, InetAddress peer, Duration idleTime) {
        this.number = number;
        this.peer = peer;
        this.idleTime = idleTime;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        self = context;
        Future<?> looks = context.executor()
                .scheduleWithFixedDelay(
                        this::closeIfIdle, idleTime.toNanos(), idleTime.toNanos(), TimeUnit.NANOSECONDS);
        context.channel().closeFuture().addListener(future -> looks.cancel(false));
    }

    /** Armeria itself takes a client for busy that goes on to send the body of a request it has replied to. */
    private void closeIfIdle() {
        if (!used && requests.isEmpty()) {
            close();
        }
        used = false;
    }

    /** Closes the connection from here, the head of the pipeline: HTTP/2 itself would wait for its streams. */
    void close() {
        ChannelHandlerContext context = self;
        if (context != null) {
            var _ = context.close();
        }
    }

    /** Closes the connection so that no socket stays in TIME_WAIT. */
    void reset() {
        ChannelHandlerContext context = self;
        if (context != null) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close();
    }

    void add(ServiceRequestContext request) {
        used = true;
        requests.add(request);
        if (closed) {
            cancel(request);
        }
    }

    void remove(ServiceRequestContext request) {
        used = true;
        requests.remove(request);
    }

    /**
     * Returns what completes when the response of each request has been sent, except of streams that may go on for
     * ever.
     */
    Stream<CompletableFuture<?>> responses() {
        return requests.stream()
                .filter(request -> request.requestTimeoutMillis() != 0)
                .map(request -> request.log().whenComplete());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        closed = true;
        requests.forEach(Connection::cancel);
        super.channelInactive(context);
    }

    private static void cancel(ServiceRequestContext request) {
        request.cancel(new ClosedStreamException("the client closed the connection"));
    }
}
