package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.util.Arrays;

/** Reads the big-endian numbers of a message from front to back, never beyond its end. */
final class MessageReader {
    private final byte[] bytes;
    private int at;

    MessageReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Checks that {@code count} more bytes follow; the error says {@code what} needs them. */
    void require(int count, Rule rule, String what) throws MessageException {
        if (remaining() < count) {
            throw new MessageException(
                    rule,
                    what + ": expected " + count + " bytes from byte " + at + ", but the message has " + bytes.length);
        }
    }

    int remaining() {
        return bytes.length - at;
    }

    int u8() {
        return bytes[at++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    int i32() {
        return u16() << 16 | u16();
    }

    long i64() {
        return ((long) i32() << 32) | (i32() & 0xffffffffL);
    }

    /** Returns a copy of the next bytes. */
    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    /** Returns a copy of all bytes that are left, which may still be read. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    /** Checks that no byte is left. */
    void requireEnd() throws MessageException {
        if (remaining() > 0) {
            throw new MessageException(
                    Rule.TRAILING_BYTES, remaining() + " bytes follow the message's end at byte " + at);
        }
    }
}
