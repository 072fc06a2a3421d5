package glimpse.service.connection;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The open connections of a server. Each address has a limited number of them and of requests; the requests of one that
 * closes are cancelled. If there are too many in all, the one closes that has waited longest for its first request, so
 * that clients that send nothing don't keep others out. Thread-safe.
 */
public final class Connections {
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connections.class, "connection");

    private final PeerLimits limits;
    private final int most;
    private final Consumer<String> refused;
    private final PeerCounts counts = new PeerCounts();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final ConcurrentNavigableMap<Long, Connection> unused = new ConcurrentSkipListMap<>(); // by their numbers

    /**
     * Creates the connections of a server that has none yet.
     *
     * @param most of all addresses together
     * @param refused is called for each connection that is closed because there are too many, with the reason
     */
    public Connections(PeerLimits limits, int most, Consumer<String> refused) {
        this.limits = limits;
        this.most = most;
        this.refused = refused;
    }

    /** Watches a connection that was just accepted, or closes it. */
    public void accept(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        InetAddress peer = channel.remoteAddress() instanceof InetSocketAddress address
                ? PeerCounts.peer(address.getAddress())
                : InetAddress.getLoopbackAddress();
        Connection connection = new Connection(accepted.incrementAndGet(), peer, limits.idleTime());
        channel.attr(KEY).set(connection);
        pipeline.addFirst(connection);
        int ofPeer = counts.addConnections(peer, 1);
        open.add(connection);
        unused.put(connection.number, connection);
        channel.closeFuture().addListener(future -> {
            open.remove(connection);
            unused.remove(connection.number);
            counts.addConnections(peer, -1);
        });
        if (ofPeer > limits.connections()) {
            unused.remove(connection.number);
            connection.reset();
            refused.accept("peer_connections");
        } else if (open.size() > most) {
            Map.Entry<Long, Connection> oldest = unused.pollFirstEntry();
            if (oldest != null) {
                oldest.getValue().reset();
                refused.accept("connections");
            }
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
        unused.remove(connection.number);
        connection.add(request);
        int now = counts.addRequests(connection.peer, 1);
        CutOff cutOff = new CutOff(request, connection, channel.eventLoop(), limits.takeTime());
        var _ = request.log().whenComplete().thenRun(() -> {
            connection.remove(request);
            counts.addRequests(connection.peer, -1);
            cutOff.cancel();
        });
        cutOff.run();
        if (now > 2 * limits.requests()) {
            connection.close();
        }
        return now <= limits.requests();
    }

    /**
     * Waits until the responses of all requests that have begun have been sent, or the time is over, and closes all
     * connections: Armeria itself would wait for a second or two for connections that have nothing to do, and not for
     * requests. Streams that may go on for ever aren't waited for.
     */
    public void drain(Duration most) {
        CompletableFuture<?>[] responses =
                open.stream().flatMap(Connection::responses).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(responses).get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) { // some have taken too long
        }
        open.forEach(Connection::close);
    }

    /** Returns the number of addresses that have connections or requests. */
    public int peers() {
        return counts.peers();
    }
}
