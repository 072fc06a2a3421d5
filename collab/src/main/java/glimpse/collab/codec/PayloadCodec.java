package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;

/** How the pixels of patches stand in a message. Immutable, safe for use by several threads. */
public sealed interface PayloadCodec {
    /** The number that stands in a message, 0..255. */
    int id();

    /** The codec as an option writes it. */
    String spec();

    /** The bytes of some patches' pixels. */
    byte[] encode(PixelPatches patches);

    /**
     * Checks what can be checked of a payload's length without decoding it.
     *
     * @param pixelBytes bytes of all the pixels
     */
    void checkLength(int payloadBytes, long pixelBytes) throws MessageException;

    /**
     * The pixels, {@code [patches][patchSize][patchSize][channels]}.
     *
     * @param pixelBytes bytes of all the pixels: never more than that is allocated
     */
    byte[] decode(byte[] payload, int pixelBytes) throws MessageException;

    /** Every pixel as it is, 8 bits a channel. */
    static PayloadCodec raw() {
        return new Raw();
    }

    /**
     * The codec of a number.
     *
     * @throws MessageException if there is none
     */
    static PayloadCodec of(int id) throws MessageException {
        if (id == Raw.ID) {
            return raw();
        }
        throw new MessageException(Rule.CODEC, "the payload's codec is " + id + ", expected 0 (raw)");
    }

    /** See {@link PayloadCodec#raw}. */
    record Raw() implements PayloadCodec {
        private static final int ID = 0;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public String spec() {
            return "raw";
        }

        @Override
        public byte[] encode(PixelPatches patches) {
            return patches.pixels();
        }

        @Override
        public void checkLength(int payloadBytes, long pixelBytes) throws MessageException {
            if (payloadBytes != pixelBytes) {
                throw new MessageException(
                        Rule.PAYLOAD_LENGTH, "the payload has " + payloadBytes + " bytes, expected " + pixelBytes);
            }
        }

        @Override
        public byte[] decode(byte[] payload, int pixelBytes) throws MessageException {
            checkLength(payload.length, pixelBytes);
            return payload.clone();
        }
    }
}
