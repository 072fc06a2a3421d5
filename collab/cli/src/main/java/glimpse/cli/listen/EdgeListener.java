package glimpse.cli.listen;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on a device, with the JDK's own means. Connections are bounded, and each request and each reply ends
 * within a total time, so that slow clients can't hold it up for long.
 */
public final class EdgeListener implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int STOP_SECONDS = 5; // for the requests under way

    private final HttpServer server;
    private final ExecutorService threads;

    private EdgeListener(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to listen.
     *
     * @param requests serves them
     * @throws IOException naming the address if it isn't available
     */
    public static EdgeListener start(InetSocketAddress address, EdgeRequests requests) throws IOException {
        bound("sun.net.httpserver.maxReqTime", "20"); // seconds, headers and body
        bound("sun.net.httpserver.maxRspTime", "60"); // seconds, the work included
        bound("jdk.httpserver.maxConnections", "128");
        HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (BindException e) {
            throw new IOException(
                    "can't listen at " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor(); // as many as connections
        server.setExecutor(threads);
        server.createContext("/", requests);
        server.start();
        return new EdgeListener(server, threads);
    }

    /** Sets one of the server's bounds, which are properties of the process, unless the user has. */
    private static void bound(String property, String value) {
        System.getProperties().putIfAbsent(property, value);
    }

    /** Returns the address, with the port that was chosen. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Takes no more requests, and waits a little for those under way. */
    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdownNow();
    }
}
