package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.nio.ByteBuffer;

/**
 * Which of the packets that make up an upload a request is. Each is complete in itself: a server answers from those
 * that arrive. Immutable.
 *
 * @param index 0..{@code count - 1}
 * @param count number of packets, 1..{@link #MAX_PACKETS}
 */
public record PacketPlace(int index, int count) implements RequestPart {
    /** The most packets of an upload. */
    public static final int MAX_PACKETS = 255;

    /** The bytes that a packet's place adds to a request. */
    public static final int BYTES = 2;

    /** Checks the ranges. */
    public PacketPlace {
        if (count < 1 || count > MAX_PACKETS || index < 0 || index >= count) {
            throw new IllegalArgumentException(outOfRange(index, count));
        }
    }

    private static String outOfRange(int index, int count) {
        return "the packet is number " + index + " of " + count + ", expected 0 up to below a number of 1.."
                + MAX_PACKETS;
    }

    static PacketPlace read(MessageReader reader) throws MessageException {
        reader.require(BYTES, Rule.TOO_SHORT, "a packet's place");
        int index = reader.u8();
        int count = reader.u8();
        if (index >= count) {
            throw new MessageException(Rule.PACKET, outOfRange(index, count));
        }
        return new PacketPlace(index, count);
    }

    void write(ByteBuffer to) {
        to.put((byte) index).put((byte) count);
    }
}
