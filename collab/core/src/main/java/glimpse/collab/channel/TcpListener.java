package glimpse.collab.channel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The server's end of TCP channels: one virtual thread per connection handles its requests one after the other. A
 * connection that breaks the framing or is silent for too long is closed; the others aren't affected. Thread-safe.
 */
public final class TcpListener implements AutoCloseable {
    private final ServerSocket listening;
    private final RequestHandler handler;
    private final int timeoutMillis;
    private final Semaphore permits;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Thread accepting;

    private TcpListener(ServerSocket listening, RequestHandler handler, int connections, Duration timeout) {
        this.listening = listening;
        this.handler = handler;
        this.permits = new Semaphore(connections);
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
        this.accepting = Thread.ofVirtual().name("glimpse-listener").unstarted(this::accept);
    }

    /**
     * Listens at an address; port 0 chooses a free port.
     *
     * @param handler replies to the requests
     * @param connections the most connections that are served at once, at least 1; further ones wait
     * @param timeout how long a connection may be silent
     * @throws IOException if the address isn't available
     */
    public static TcpListener listen(
            InetSocketAddress address, RequestHandler handler, int connections, Duration timeout) throws IOException {
        ServerSocket listening = new ServerSocket();
        try {
            listening.bind(address);
        } catch (IOException e) {
            listening.close();
            throw new IOException("can't listen at " + address + ": " + e.getMessage(), e);
        }
        TcpListener listener = new TcpListener(listening, handler, connections, timeout);
        listener.accepting.start();
        return listener;
    }

    /** Returns the address that this listens at, with the port that was chosen. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                permits.acquire();
                Socket socket = listening.accept();
                connections.add(socket);
                if (listening.isClosed()) { // close() may have missed this one
                    socket.close();
                }
                Thread.ofVirtual().name("glimpse-connection").start(() -> serveAndLeave(socket));
            } catch (IOException e) {
                permits.release(); // closed, or this one connection failed
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Keeps the loop from spinning while no connection can be accepted (too many open files, for example). */
    private static void pause() {
        LockSupport.parkNanos(1_000_000);
    }

    private void serveAndLeave(Socket socket) {
        try (socket) {
            socket.setSoTimeout(timeoutMillis);
            socket.setTcpNoDelay(true);
            serve(socket);
        } catch (IOException e) {
            // ends this connection alone
        } finally {
            connections.remove(socket);
            permits.release();
        }
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (Optional<byte[]> request = Frame.read(in); request.isPresent(); request = Frame.read(in)) {
            Frame.write(
                    socket.getOutputStream(),
                    handler.handle(List.of(request.get())).getFirst());
        }
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() throws IOException {
        accepting.interrupt();
        listening.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
