package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.collab.spec.SpecText;

/** Encodes the pixels of patches for a message. Immutable, safe for use by several threads. */
public sealed interface PayloadCodec {
    /** The syntax of a codec in an option. */
    String SYNTAX = "raw, deflate or jpeg:QUALITY (1..100)";

    /** The most bytes of pixels, before compression, that a message may hold: 256 MiB. */
    int MAX_PIXEL_BYTES = 1 << 28;

    /** Returns the codec's number in a message, 0..255. */
    int id();

    /** Returns the codec in the syntax of an option; {@link #parse} reads it back. */
    String spec();

    /**
     * Encodes the pixels of patches.
     *
     * @param pixels {@code [patches][patchSize][patchSize][channels]}
     * @throws IllegalArgumentException if the codec doesn't support patches of this geometry
     */
    byte[] encode(PatchGeometry geometry, byte[] pixels);

    /**
     * Checks a payload's length as far as that is possible without decoding it.
     *
     * @throws MessageException if no payload of this length can hold the patches
     */
    void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException;

    /**
     * Decodes a payload. Memory for the pixels is allocated only after the payload's length has been checked.
     *
     * @return {@code [patches][patchSize][patchSize][channels]}
     * @throws MessageException if the payload is malformed
     */
    byte[] decode(PatchGeometry geometry, byte[] payload) throws MessageException;

    /** Uncompressed pixels, 8 bits per channel. */
    static PayloadCodec raw() {
        return new Raw();
    }

    /** Lossless compression: the deflated residuals of a predictor that is chosen for each patch. */
    static PayloadCodec deflate() {
        return new Deflate();
    }

    /**
     * Lossy compression: a JPEG of the patches.
     *
     * @param quality 1..100, on the scale of the Independent JPEG Group
     */
    static PayloadCodec jpeg(int quality) {
        return new Jpeg(quality);
    }

    /**
     * Parses a codec.
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
                if (quality < 1 || quality > Jpeg.MAX_QUALITY) {
                    throw option.invalid(SYNTAX);
                }
                yield jpeg(quality);
            }
            default -> throw option.invalid(SYNTAX);
        };
    }

    /**
     * Returns the codec of a number.
     *
     * @throws MessageException if there is no such codec
     */
    static PayloadCodec of(int id) throws MessageException {
        if (id == Raw.ID) {
            return raw();
        }
        if (id == Deflate.ID) {
            return deflate();
        }
        if (id > Jpeg.BASE_ID && id <= Jpeg.BASE_ID + Jpeg.MAX_QUALITY) {
            return jpeg(id - Jpeg.BASE_ID);
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
        private static final int BASE_ID = 100;
        private static final int MAX_QUALITY = 100;

        /** Checks the range. */
        public Jpeg {
            JpegTables.requireQuality(quality);
        }

        @Override
        public int id() {
            return BASE_ID + quality;
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
