package glimpse.service.connection;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a request whose client doesn't take the response: some time after the request's own limit,
 * which moves while the messages of a stream come and go. Thread-safe.
 */
final class CutOff implements Runnable {
    private final ServiceRequestContext request;
    private final Connection connection;
    private final EventLoop loop;
    private final long takeNanos;
    private final long startNanos = System.nanoTime();
    // guarded by this
    private @Nullable Future<?> next;
    private boolean cancelled;

    /**
     * Begins with the request.
     *
     * @param loop the connection's
     * @param takeTime how long the client has after the request's limit
     */
    CutOff(ServiceRequestContext request, Connection connection, EventLoop loop, Duration takeTime) {
        this.request = request;
        this.connection = connection;
        this.loop = loop;
        this.takeNanos = takeTime.toNanos();
    }

    /** Closes the connection if the time has come, otherwise looks again when it will have. */
    @Override
    public synchronized void run() {
        long limitMillis = request.requestTimeoutMillis(); // from the request's start
        if (cancelled || limitMillis == 0) { // 0: a stream that may go on for ever
            return;
        }
        long left = TimeUnit.MILLISECONDS.toNanos(limitMillis) + takeNanos - (System.nanoTime() - startNanos);
        if (left > 0) {
            next = loop.schedule(this, left, TimeUnit.NANOSECONDS);
        } else {
            connection.close();
        }
    }

    /** The response has been sent. */
    synchronized void cancel() {
        cancelled = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
