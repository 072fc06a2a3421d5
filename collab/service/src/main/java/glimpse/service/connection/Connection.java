package glimpse.service.connection;

import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One connection and its requests. When it closes, they are cancelled at once: Armeria itself waits for a second with
 * HTTP/1, and cancels nothing with HTTP/2 unless the client resets the streams.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    final InetAddress peer;
    private final Set<ServiceRequestContext> requests = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Connection(InetAddress peer) {
        this.peer = peer;
    }

    void add(ServiceRequestContext request) {
        requests.add(request);
        if (closed) {
            cancel(request);
        }
    }

    void remove(ServiceRequestContext request) {
        requests.remove(request);
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
