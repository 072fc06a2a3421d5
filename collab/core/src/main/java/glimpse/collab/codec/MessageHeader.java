package glimpse.collab.codec;

import java.nio.ByteBuffer;

/** Writes the header of all messages. */
final class MessageHeader {
    private MessageHeader() {}

    /** Writes the header and returns a big-endian buffer over {@code message} that continues after it. */
    static ByteBuffer begin(int kind, int requestId, byte[] message) {
        return begin(Message.VERSION, kind, requestId, message);
    }

    /** Does the same for a message of another version. */
    static ByteBuffer begin(int version, int kind, int requestId, byte[] message) {
        return ByteBuffer.wrap(message)
                .put((byte) 'G')
                .put((byte) 'L')
                .put((byte) version)
                .put((byte) kind)
                .putInt(requestId);
    }
}
