package glimpse.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that speaks HTTP/1.1 byte by byte, and may break its rules. */
final class Http1Socket implements AutoCloseable {
    private static final int POLL_MILLIS = 20;
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final Socket socket;

    Http1Socket(Socket socket) {
        this.socket = socket;
    }

    static Http1Socket connect(InetSocketAddress address) throws IOException {
        return new Http1Socket(new Socket(address.getAddress(), address.getPort()));
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a request, or the beginning of it, and returns whether the connection took it. */
    boolean post(String path, int contentLength, byte[] body) {
        try {
            write("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + contentLength + "\r\n\r\n");
            socket.getOutputStream().write(body);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the status of the response. */
    int status() throws IOException {
        String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
    }

    /** Returns the response's headers and body, which its length or the connection's end delimits. */
    String response() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        while (!headers.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            headers.write(in.readNBytes(1));
        }
        String text = headers.toString(StandardCharsets.US_ASCII);
        Matcher length = CONTENT_LENGTH.matcher(text);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
        return text + new String(body, StandardCharsets.UTF_8);
    }

    /** Waits until the server closes the connection. */
    void awaitClosed() {
        try {
            var _ = socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // reset
        }
    }

    /** Sends a text again and again until the server closes the connection. */
    void sendUntilClosed(String text) throws IOException {
        socket.setSoTimeout(POLL_MILLIS);
        while (true) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException e) {
                if (!tryWrite(text)) {
                    return;
                }
            } catch (IOException e) {
                return; // reset
            }
        }
    }

    /** Sends bytes one by one, slowly, and returns how many the server took before it closed the connection. */
    int drip(byte[] bytes) throws IOException {
        socket.setSoTimeout(POLL_MILLIS);
        for (int sent = 0; sent < bytes.length; sent++) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return sent;
                }
            } catch (SocketTimeoutException e) {
                if (!tryWrite(String.valueOf((char) (bytes[sent] & 0xff)))) {
                    return sent;
                }
            } catch (IOException e) {
                return sent; // reset
            }
        }
        return bytes.length;
    }

    private boolean tryWrite(String text) {
        try {
            write(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
