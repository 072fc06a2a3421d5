package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.collab.spec.SpecText;

/** How the pixels of patches stand in a message. Immutable, safe for use by several threads. */
public sealed interface PayloadCodec {
    /** How a codec is written in an option. */
    String SYNTAX = "raw, deflate or jpeg:QUALITY (1..100)";

    /** The most bytes of pixels that a message may hold, however few they are compressed: 256 MiB. */
    int MAX_PIXEL_BYTES = 1 << 28;

    /** The number that stands in a message, 0..255. */
    int id();

    /** The codec as an option writes it; {@link #parse} reads it back. */
    String spec();

    /**
     * The bytes of some patches' pixels.
     *
     * @param pixels {@code [patches][patchSize][patchSize][channels]}
     * @throws IllegalArgumentException if the codec can't hold patches of this geometry
     */
    byte[] encode(PatchGeometry geometry, byte[] pixels);

    /** Checks what can be checked of a payload's length without decoding it. */
    void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException;

    /**
     * The pixels, {@code [patches][patchSize][patchSize][channels]}. Memory is taken once the payload's length has been
     * seen to allow for it.
     */
    byte[] decode(PatchGeometry geometry, byte[] payload) throws MessageException;

    /** Every pixel as it is, 8 bits a channel. */
    static PayloadCodec raw() {
        return new Raw();
    }

    /** Without loss: what a predictor, chosen for each patch, leaves unsaid, deflated. */
    static PayloadCodec deflate() {
        return new Deflate();
    }

    /**
     * A JPEG of the patches, with loss.
     *
     * @param quality 1..100, on the scale of the Independent JPEG Group
     */
    static PayloadCodec jpeg(int quality) {
        return new Jpeg(quality);
    }

    /**
     * Reads a codec as an option writes it.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static PayloadCodec parse(String text) {
        SpecText option = SpecText.parse(text);
        int arguments = option.name().equals("jpeg") ? 1 : 0;
        option.requireArguments(arguments, arguments, SYNTAX);
        return switch (option.name()) {
            case "raw" -> raw();
            case "deflate" -> deflate();
            case "jpeg" -> {
                int quality = option.integer(0, SYNTAX);
                if (quality < 1 || quality > Jpeg.BEST) {
                    throw option.invalid(SYNTAX);
                }
                yield jpeg(quality);
            }
            default -> throw option.invalid(SYNTAX);
        };
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
        if (id == Deflate.ID) {
            return deflate();
        }
        if (id > Jpeg.BEFORE_FIRST_ID && id <= Jpeg.BEFORE_FIRST_ID + Jpeg.BEST) {
            return jpeg(id - Jpeg.BEFORE_FIRST_ID);
        }
        throw new MessageException(
                Rule.CODEC, "the payload's codec is " + id + ", expected 0 (raw), 1 (deflate) or 101..200 (JPEG)");
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
        public byte[] encode(PatchGeometry geometry, byte[] pixels) {
            return pixels.clone();
        }

        @Override
        public void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException {
            if (payloadBytes != geometry.pixelBytes()) {
                throw new MessageException(
                        Rule.PAYLOAD_LENGTH,
                        "the payload has " + payloadBytes + " bytes, expected " + geometry.pixelBytes());
            }
        }

        @Override
        public byte[] decode(PatchGeometry geometry, byte[] payload) throws MessageException {
            checkLength(geometry, payload.length);
            return payload.clone();
        }
    }

    /** See {@link PayloadCodec#deflate}. */
    record Deflate() implements PayloadCodec {
        private static final int ID = 1;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public String spec() {
            return "deflate";
        }

        @Override
        public byte[] encode(PatchGeometry geometry, byte[] pixels) {
            return DeflatePayload.encode(geometry, pixels);
        }

        @Override
        public void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException {
            DeflatePayload.checkLength(geometry, payloadBytes);
        }

        @Override
        public byte[] decode(PatchGeometry geometry, byte[] payload) throws MessageException {
            checkLength(geometry, payload.length);
            return DeflatePayload.decode(geometry, payload);
        }
    }

    /**
     * See {@link PayloadCodec#jpeg}.
     *
     * @param quality 1..100
     */
    record Jpeg(int quality) implements PayloadCodec {
        private static final int BEFORE_FIRST_ID = 100;
        private static final int BEST = 100;

        /** Checks the quality. */
        public Jpeg {
            JpegTables.requireQuality(quality);
        }

        @Override
        public int id() {
            return BEFORE_FIRST_ID + quality;
        }

        @Override
        public String spec() {
            return "jpeg:" + quality;
        }

        @Override
        public byte[] encode(PatchGeometry geometry, byte[] pixels) {
            return JpegPayload.encode(geometry, pixels, quality);
        }

        @Override
        public void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException {
            JpegPayload.checkLength(geometry, payloadBytes);
        }

        @Override
        public byte[] decode(PatchGeometry geometry, byte[] payload) throws MessageException {
            checkLength(geometry, payload.length);
            return JpegPayload.decode(geometry, payload, quality);
        }
    }
}
