package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.nio.ByteBuffer;

/**
 * One of the three messages between edge and server. Every message has exactly one encoding, and {@link #parse} accepts
 * nothing else. Immutable, safe for use by several threads.
 */
public sealed interface Message permits PatchRequest, PredictionReply, ErrorReply {
    /** The version of all messages but requests that are parts of an upload. */
    int VERSION = 1;

    /** The version of requests of uploads in rounds. */
    int ROUNDS_VERSION = 2;

    /** The version of requests that are packets of an upload. */
    int PACKET_VERSION = 3;

    /** The bytes that all messages begin with: magic, version, kind, request id. */
    int HEADER_BYTES = 8;

    /** Returns the id that ties a reply to its request; the sender of the request chooses it freely. */
    int requestId();

    /** Returns the message's bytes. */
    byte[] encode();

    /**
     * Parses a message. Allocates no more than a small multiple of the message's own length.
     *
     * @throws MessageException naming the rule that the bytes break
     */
    static Message parse(byte[] bytes) throws MessageException {
        MessageReader reader = new MessageReader(bytes);
        reader.require(HEADER_BYTES, Rule.TOO_SHORT, "the header");
        int magic = reader.u16();
        if (magic != ('G' << 8 | 'L')) {
            throw new MessageException(
                    Rule.MAGIC, "the message begins with 0x%04x, expected 0x474c (GL)".formatted(magic));
        }
        int version = reader.u8();
        if (version < VERSION || version > PACKET_VERSION) {
            throw new MessageException(
                    Rule.VERSION,
                    "the version is " + version + ", expected " + VERSION + ", " + ROUNDS_VERSION + " or "
                            + PACKET_VERSION);
        }
        int kind = reader.u8();
        if (version != VERSION && kind != PatchRequest.KIND) {
            throw new MessageException(
                    Rule.KIND, "the kind is " + kind + ", expected 1 in a message of version " + version);
        }
        int requestId = reader.i32();
        return switch (kind) {
            case PatchRequest.KIND -> PatchRequest.read(requestId, version, reader);
            case PredictionReply.KIND -> PredictionReply.read(requestId, reader);
            case ErrorReply.KIND -> ErrorReply.read(requestId, reader);
            default -> throw new MessageException(Rule.KIND, "the kind is " + kind + ", expected 1, 2 or 3");
        };
    }

    /**
     * Returns the request id of bytes that may be malformed otherwise, for an error reply; 0 if there is no header.
     *
     * @param bytes any
     */
    static int requestIdOf(byte[] bytes) {
        boolean header = bytes.length >= HEADER_BYTES
                && bytes[0] == 'G'
                && bytes[1] == 'L'
                && bytes[2] >= VERSION
                && bytes[2] <= PACKET_VERSION;
        return header ? ByteBuffer.wrap(bytes).getInt(4) : 0;
    }
}
