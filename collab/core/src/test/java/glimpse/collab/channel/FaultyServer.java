package glimpse.collab.channel;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a loopback port that speaks as much of HTTP/1.1 as it likes. */
public final class FaultyServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Behaviour behaviour;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch clientGone = new CountDownLatch(1);

    /** What it does with a request that it has read; the connection stays open afterwards. */
    public interface Behaviour {
        void reply(Request request, OutputStream out, Socket connection) throws IOException, InterruptedException;
    }

    /** A request: its first line, its headers (names in lower case) and its body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Request(String line, Map<String, String> headers, byte[] body) {}

    /** Starts on a free port. */
    public FaultyServer(Behaviour behaviour) throws IOException {
        this(0, behaviour);
    }

    FaultyServer(int port, Behaviour behaviour) throws IOException {
        this(new ServerSocket(), port, behaviour);
    }

    FaultyServer(ServerSocket listening, int port, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.listening = listening;
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(this::accept);
    }

    /** Replies to every request with a status, headers and a body. */
    static Behaviour replying(int status, String headers, byte[] body) {
        return (request, out, connection) -> send(out, status, headers, body);
    }

    /** Sends a whole response. */
    public static void send(OutputStream out, int status, String headers, byte[] body) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
                ascii("HTTP/1.1 " + status + " Status\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n"));
        all.writeBytes(body);
        out.write(all.toByteArray());
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Waits until the server is closed. */
    void hang() throws InterruptedException {
        closed.await();
    }

    /** Waits until a client has closed its connection. */
    void awaitClientGone() throws InterruptedException {
        clientGone.await();
    }

    /** Returns the address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return listening.getLocalPort();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return accepted.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                accepted.incrementAndGet();
                connections.add(socket);
                if (listening.isClosed()) {
                    socket.close();
                }
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                Map<String, String> headers = new TreeMap<>();
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    int colon = header.indexOf(':');
                    headers.put(
                            header.substring(0, colon).toLowerCase(Locale.ROOT),
                            header.substring(colon + 1).strip());
                }
                byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
                Request request = new Request(line, headers, body);
                requests.add(request);
                behaviour.reply(request, socket.getOutputStream(), socket);
            }
        } catch (IOException e) {
            // this connection ends
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clientGone.countDown();
        }
    }

    /** Reads a line; empty at the end. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Dies as a killed process does: the port and all connections are gone at once. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        for (Socket socket : connections) {
            try {
                socket.setSoLinger(true, 0); // resets the connection
            } catch (SocketException e) {
                // its client has closed it
            }
            socket.close();
        }
    }
}
