package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A reply from server to edge: why there is no prediction. Immutable.
 *
 * @param requestId the id of the request; 0 if it couldn't be read
 * @param reason the kind of error
 * @param text one line for a person to read; truncated to {@link #MAX_TEXT_BYTES} bytes of UTF-8
 */
public record ErrorReply(int requestId, Reason reason, String text) implements Message {
    static final int KIND = 3;

    /** The most bytes of text that a reply holds. */
    public static final int MAX_TEXT_BYTES = 1024;

    private static final int FIXED_BYTES = HEADER_BYTES + 3;

    /** Why a request gets no prediction. */
    public enum Reason {
        /** The bytes aren't a valid request; sending them again won't help. */
        MALFORMED(0),
        /** The request doesn't fit the server's model: its grid, patch size, channels or number of patches. */
        MODEL_MISMATCH(1),
        /** The server failed; the request may be valid. */
        FAILED(2),
        /** The server doesn't have the earlier patches of the upload, or no longer. */
        UPLOAD_GONE(3);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        private static Reason of(int code) throws MessageException {
            for (Reason reason : values()) {
                if (reason.code == code) {
                    return reason;
                }
            }
            throw new MessageException(Rule.REASON, "the reason is " + code + ", expected 0..3");
        }
    }

    /** Truncates the text between characters; what UTF-8 can't encode is replaced. */
    public ErrorReply {
        Objects.requireNonNull(reason, "reason");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_TEXT_BYTES) {
            int end = MAX_TEXT_BYTES;
            while ((utf8[end] & 0xc0) == 0x80) { // a continuation byte
                end--;
            }
            text = new String(utf8, 0, end, StandardCharsets.UTF_8);
        } else {
            text = new String(utf8, StandardCharsets.UTF_8);
        }
    }

    /** Reads the part after the header. */
    static ErrorReply read(int requestId, MessageReader reader) throws MessageException {
        reader.require(FIXED_BYTES - HEADER_BYTES, Rule.TOO_SHORT, "an error reply's fixed part");
        Reason reason = Reason.of(reader.u8());
        int length = reader.u16();
        if (length > MAX_TEXT_BYTES) {
            throw new MessageException(
                    Rule.TEXT, "the text has " + length + " bytes, expected at most " + MAX_TEXT_BYTES);
        }
        reader.require(length, Rule.TOO_SHORT, "the text");
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(reader.take(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MessageException(Rule.TEXT, "the text isn't UTF-8: " + e.getMessage());
        }
        reader.requireEnd();
        return new ErrorReply(requestId, reason, text);
    }

    @Override
    public byte[] encode() {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[FIXED_BYTES + utf8.length];
        ByteBuffer to = MessageHeader.begin(KIND, requestId, message);
        to.put((byte) reason.code).putShort((short) utf8.length);
        to.put(utf8);
        return message;
    }
}
