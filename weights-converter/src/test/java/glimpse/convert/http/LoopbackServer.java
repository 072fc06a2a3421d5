package glimpse.convert.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A server on loopback that reads one request per connection, has it answered, and closes the connection. */
public final class LoopbackServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Handler handler;

    /** Answers requests, or does something else. */
    public interface Handler {
        /** Answers one. */
        void answer(Request request, Socket client) throws IOException, InterruptedException;
    }

    /** A request: its first line, and its headers, in whose names case doesn't matter. */
    public record Request(String line, Map<String, String> headers) {
        /** Returns the first word. */
        public String method() {
            return line.split(" ", -1)[0];
        }

        /** Returns what is asked for. */
        public String target() {
            return line.split(" ", -1)[1];
        }
    }

    /** Starts on a free port. */
    public LoopbackServer(Handler handler) throws IOException {
        this.handler = handler;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns the port. */
    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Sends a response, or a part of it.
     *
     * @param headers lines that end in CR LF; empty if there are none
     * @param sent how many bytes of the body are sent
     * @param announced the length that the response claims to have
     */
    public static void respond(OutputStream out, String status, String headers, byte[] body, int sent, int announced)
            throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + headers + "Content-Length: " + announced
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body, 0, sent);
        out.flush();
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
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon), header.substring(colon + 1).strip());
            }
            if (line != null && !socket.isClosed()) {
                handler.answer(new Request(line, headers), client);
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
