package glimpse.service.connection;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of a server. Each address has a limited number of them and of requests; the requests of one that
 * closes are cancelled. Thread-safe.
 */
public final class Connections {
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connections.class, "connection");

    private final PeerLimits limits;
    private final Runnable refused;
    private final PeerCounts counts = new PeerCounts();

    /**
     * Creates the connections of a server that has none yet.
     *
     * @param refused is called for each connection that is closed because its peer has too many
     */
    public Connections(PeerLimits limits, Runnable refused) {
        this.limits = limits;
        this.refused = refused;
    }

    /** Watches a connection that was just accepted, or closes it. */
    public void accept(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        InetAddress peer = channel.remoteAddress() instanceof InetSocketAddress address
                ? PeerCounts.peer(address.getAddress())
                : InetAddress.getLoopbackAddress();
        Connection connection = new Connection(peer, limits.idleTime());
        channel.attr(KEY).set(connection);
        pipeline.addFirst(connection);
        int open = counts.addConnections(peer, 1);
        channel.closeFuture().addListener(future -> counts.addConnections(peer, -1));
        if (open > limits.connections()) {
            refused.run();
            channel.config().setOption(ChannelOption.SO_LINGER, 0); // leaves no socket in TIME_WAIT
            connection.close();
        }
    }

    /**
     * Counts a request until its response has been sent. A client that doesn't take its response in time, or goes on to
     * send requests although it has twice as many as it may, loses its connection.
     *
     * @return whether its peer may have as many; if not, the request is to be refused
     */
    public boolean begin(ServiceRequestContext request) {
        Channel channel = Objects.requireNonNull(request.log().partial().channel(), "channel");
        Connection connection = channel.attr(KEY).get();
        connection.add(request);
        int now = counts.addRequests(connection.peer, 1);
        Future<?> cutOff = channel.eventLoop()
                .schedule(
                        () -> cutOff(request, connection), limits.requestTime().toNanos(), TimeUnit.NANOSECONDS);
        var _ = request.log().whenComplete().thenRun(() -> {
            connection.remove(request);
            counts.addRequests(connection.peer, -1);
            cutOff.cancel(false);
        });
        if (now > 2 * limits.requests()) {
            connection.close();
        }
        return now <= limits.requests();
    }

    private static void cutOff(ServiceRequestContext request, Connection connection) {
        if (request.requestTimeoutMillis() > 0) { // otherwise a stream that may go on for ever
            connection.close();
        }
    }

    /** Returns the number of addresses that have connections or requests. */
    public int peers() {
        return counts.peers();
    }
}
