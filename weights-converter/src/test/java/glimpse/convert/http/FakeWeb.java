package glimpse.convert.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers what it is told to, byte by byte; also as a proxy. */
final class FakeWeb implements AutoCloseable {
    /** Requests, with their Authorization headers. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ServerSocket socket;

    interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    FakeWeb() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    int port() {
        return socket.getLocalPort();
    }

    void put(String target, Answer answer) {
        answers.put(target, answer);
    }

    /** Adds a response with headers and a body. */
    void put(String target, String status, String headers, byte[] body) {
        put(target, out -> {
            out.write(("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + headers + "Content-Length: " + body.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        });
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String line = in.readLine();
            StringBuilder secrets = new StringBuilder();
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                if (header.toLowerCase(java.util.Locale.ROOT).contains("authorization:")) {
                    secrets.append(' ').append(header);
                }
            }
            if (line != null) {
                requests.add(line + secrets);
                Answer answer = answers.get(line.split(" ", -1)[1]);
                if (answer != null) {
                    answer.to(client.getOutputStream());
                }
            }
        } catch (IOException e) {
            // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
