package glimpse.service;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client that speaks HTTP/2 frame by frame, and may break its rules. */
final class Http2Socket implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int POLL_MILLIS = 20;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int lastStream = -1;

    /** A frame that the server sent; the error is that of RST_STREAM or GOAWAY, otherwise -1. */
    record Frame(int type, int flags, int stream, int error) {}

    private Http2Socket(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        write(SETTINGS, 0, 0, new byte[0]);
    }

    static Http2Socket connect(InetSocketAddress address) throws IOException {
        return over(new Socket(address.getAddress(), address.getPort()));
    }

    static Http2Socket over(Socket socket) throws IOException {
        Http2Socket client = new Http2Socket(socket);
        var _ = client.await(SETTINGS);
        client.write(SETTINGS, ACK, 0, new byte[0]);
        return client;
    }

    void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(9)
                .put((byte) (payload.length >>> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream);
        out.write(header.array());
        out.write(payload);
        out.flush();
    }

    /** Sends a request and returns its stream. */
    int post(String path, byte[] body) throws IOException {
        int stream = open(path, 0);
        write(DATA, END_STREAM, stream, body);
        return stream;
    }

    /** Sends a request's headers and returns its stream. */
    int open(String path, int flags) throws IOException {
        lastStream += 2;
        write(HEADERS, END_HEADERS | flags, lastStream, headers(path));
        return lastStream;
    }

    /** Returns the headers of a request as literals of HPACK. */
    static byte[] headers(String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":method", "POST");
        headers.put(":scheme", "http");
        headers.put(":path", path);
        headers.put(":authority", "a");
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            block.write(0); // literal, not indexed, with a new name
            literal(block, name);
            literal(block, value);
        });
        return block.toByteArray();
    }

    /** Writes a string of at most 126 characters. */
    static void literal(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads frames up to one of a type. */
    Frame await(int type) throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int frameType = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(length));
            int error = frameType == GOAWAY ? payload.getInt(4) : frameType == RST_STREAM ? payload.getInt(0) : -1;
            Frame frame = new Frame(frameType, flags, stream, error);
            if (frame.type == type) {
                return frame;
            }
        }
    }

    /** Sends a frame again and again until the server closes the connection. */
    void sendUntilClosed(int type, int stream, byte[] payload) throws IOException {
        socket.setSoTimeout(POLL_MILLIS);
        while (tryWrite(type, 0, stream, payload)) {
            try {
                if (in.read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException e) {
                // once more
            } catch (IOException e) {
                return; // reset
            }
        }
    }

    boolean tryWrite(int type, int flags, int stream, byte[] payload) {
        try {
            write(type, flags, stream, payload);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the server closes the connection. */
    void awaitClosed() {
        try {
            var _ = in.readAllBytes();
        } catch (IOException e) {
            // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
