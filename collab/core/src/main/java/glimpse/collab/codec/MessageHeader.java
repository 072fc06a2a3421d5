package glimpse.collab.codec;

import java.nio.ByteBuffer;

/** Writes what all messages begin with. */
final class MessageHeader {
    private MessageHeader() {}

    /** A big-endian buffer over a whole message's bytes, its header written. */
    static ByteBuffer begin(int kind, int requestId, byte[] message) {
        return ByteBuffer.wrap(message)
                .put((byte) 'G')
                .put((byte) 'L')
                .put((byte) Message.VERSION)
                .put((byte) kind)
                .putInt(requestId);
    }
}
