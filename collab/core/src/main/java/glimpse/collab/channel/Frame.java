package glimpse.collab.channel;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The framing of messages in a TCP stream: the length as four bytes, most significant first, then the message. */
final class Frame {
    /** Messages longer than this are neither sent nor received. */
    static final int MAX_BYTES = 1 << 26;

    private static final int LENGTH_BYTES = 4;

    private Frame() {}

    static void write(OutputStream out, byte[] message) throws IOException {
        if (message.length > MAX_BYTES) {
            throw new IOException("the message has " + message.length + " bytes, expected at most " + MAX_BYTES);
        }
        // one write, so that the length doesn't travel in a packet of its own
        out.write(ByteBuffer.allocate(LENGTH_BYTES + message.length)
                .putInt(message.length)
                .put(message)
                .array());
        out.flush();
    }

    /**
     * Reads the next message; empty if the stream ends before one begins. Memory is allocated as bytes arrive, whatever
     * the announced length.
     */
    static Optional<byte[]> read(InputStream in) throws IOException {
        byte[] prefix = in.readNBytes(LENGTH_BYTES);
        if (prefix.length == 0) {
            return Optional.empty();
        }
        if (prefix.length < LENGTH_BYTES) {
            throw new EOFException("the connection ended within a message's length");
        }
        int length = ByteBuffer.wrap(prefix).getInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a message of " + Integer.toUnsignedString(length)
                    + " bytes is announced, expected at most " + MAX_BYTES);
        }
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException(
                    "the connection ended after " + message.length + " of a message's " + length + " bytes");
        }
        return Optional.of(message);
    }
}
