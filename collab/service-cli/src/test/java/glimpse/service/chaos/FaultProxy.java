package glimpse.service.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries TCP connections from one loopback port to another, and disturbs them as its caller asks. Thread-safe. */
final class FaultProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 13;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ServerSocket listening;
    private final int target;
    private final Random random;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private volatile Fault fault = Fault.NONE;

    /** Starts on a free port. */
    FaultProxy(int target, long seed) throws IOException {
        this.listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        this.target = target;
        this.random = new Random(seed);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Returns the number of open connections. */
    int connections() {
        return connections.size();
    }

    /** Changes what happens from now on, to open connections too. */
    void set(Fault next) {
        synchronized (changed) {
            fault = next;
            changed.notifyAll();
        }
        if (next instanceof Fault.Reset) {
            connections.forEach(Connection::reset);
        }
        if (next instanceof Fault.BlackHole) {
            connections.forEach(connection -> connection.dead = true);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // closed, or the client has gone
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        Connection connection = new Connection(client, server, fault instanceof Fault.BlackHole);
        connections.add(connection);
        try {
            if (!connection.dead) {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                Thread.ofVirtual().start(() -> connection.carry(server, client));
            }
            connection.carry(client, server);
        } catch (IOException e) {
            connection.reset(); // nobody listens there
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        connections.forEach(Connection::reset);
    }

    /** A client's connection and the one to the server. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean dead;

        Connection(Socket client, Socket server, boolean dead) {
            this.client = client;
            this.server = server;
            this.dead = dead;
        }

        void carry(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!dead) {
                        pass(buffer, read, to.getOutputStream());
                    }
                }
                if (dead) { // whoever waits at the other end isn't told
                    from.close();
                    connections.remove(this);
                } else {
                    to.shutdownOutput();
                    if (from.isOutputShutdown() || from.isClosed()) {
                        end();
                    }
                }
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reset();
            }
        }

        private void pass(byte[] buffer, int count, OutputStream out) throws IOException, InterruptedException {
            switch (fault) {
                case Fault.None none -> out.write(buffer, 0, count);
                case Fault.Latency(Duration least, Duration jitter) -> {
                    Thread.sleep(least.plusNanos((long) (jitter.toNanos() * random.nextDouble())));
                    out.write(buffer, 0, count);
                }
                case Fault.Bandwidth(int bytesPerSecond) -> {
                    Thread.sleep(Duration.ofNanos((long) (count * NANOS_PER_SECOND / bytesPerSecond)));
                    out.write(buffer, 0, count);
                }
                case Fault.Slicer(int bytes, Duration pause) -> {
                    for (int at = 0; at < count; at += bytes) {
                        out.write(buffer, at, Math.min(bytes, count - at));
                        Thread.sleep(pause);
                    }
                }
                case Fault.Reset reset -> reset();
                case Fault.Stall stall -> {
                    synchronized (changed) {
                        while (fault instanceof Fault.Stall) {
                            changed.wait();
                        }
                    }
                    pass(buffer, count, out);
                }
                case Fault.BlackHole hole -> dead = true;
            }
        }

        void reset() {
            close(client);
            close(server);
            connections.remove(this);
        }

        private void close(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                // it has been closed
            }
            end(socket);
        }

        private void end() {
            end(client);
            end(server);
            connections.remove(this);
        }

        private static void end(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone anyway
            }
        }
    }
}
