package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.collab.codec.mosaic.MosaicCodec;
import glimpse.collab.spec.SpecText;

/** Encodes the pixels of patches for a message. Immutable, safe for use by several threads. */
public sealed interface PayloadCodec {
    /** The syntax of a codec in an option. */
    String SYNTAX = "raw, deflate, jpeg:QUALITY (1..100) or glimpse:QUALITY (1..99)";

    /** The most bytes of pixels, before compression, that a message may hold: 256 MiB. */
    int MAX_PIXEL_BYTES = 1 << 28;

    /** Returns the codec's number in a message, 0..255. */
    int id();

    /** Returns the codec in the syntax of an option; {@link #parse} reads it back. */
    String spec();

    /** Returns whether the pixels that are decoded can differ from those that were encoded. */
    default boolean lossy() {
        return false;
    }

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
     * @return {@code [patches][patchSize][patchSize][channels]}, perhaps the payload itself
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
     * Lossy compression made for few patches of an image: fewer bytes than a JPEG, and the positions are part of it.
     *
     * @param quality 1..99; fifteen more halve the steps of quantisation
     */
    static PayloadCodec glimpse(int quality) {
        return new Glimpse(quality);
    }

    /**
     * Parses a codec.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static PayloadCodec parse(String text) {
        SpecText option = SpecText.parse(text);
        int arguments = option.name().equals("jpeg") || option.name().equals("glimpse") ? 1 : 0;
        option.requireArguments(arguments, arguments, SYNTAX);
        return switch (option.name()) {
            case "raw" -> raw();
            case "deflate" -> deflate();
            case "jpeg" -> jpeg(quality(option, Jpeg.MAX_QUALITY));
            case "glimpse" -> glimpse(quality(option, MosaicCodec.MAX_QUALITY));
            default -> throw option.invalid(SYNTAX);
        };
    }

    private static int quality(SpecText option, int highest) {
        int quality = option.integer(0, SYNTAX);
        if (quality < 1 || quality > highest) {
            throw option.invalid(SYNTAX);
        }
        return quality;
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
        if (id > Glimpse.BASE_ID && id <= Glimpse.BASE_ID + MosaicCodec.MAX_QUALITY) {
            return glimpse(id - Glimpse.BASE_ID);
        }
        if (id > Jpeg.BASE_ID && id <= Jpeg.BASE_ID + Jpeg.MAX_QUALITY) {
            return jpeg(id - Jpeg.BASE_ID);
        }
        throw new MessageException(
                Rule.CODEC,
                "the payload's codec is " + id
                        + ", expected 0 (raw), 1 (deflate), 2..100 (glimpse) or 101..200 (JPEG)");
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
            return payload;
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
        public boolean lossy() {
            return true;
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

    /**
     * See {@link PayloadCodec#glimpse}.
     *
     * @param quality 1..99
     */
    record Glimpse(int quality) implements PayloadCodec {
        private static final int BASE_ID = 1;

        /** Checks the range. */
        public Glimpse {
            if (quality < 1 || quality > MosaicCodec.MAX_QUALITY) {
                throw new IllegalArgumentException(
                        "the quality is " + quality + ", expected 1.." + MosaicCodec.MAX_QUALITY);
            }
        }

        @Override
        public int id() {
            return BASE_ID + quality;
        }

        @Override
        public String spec() {
            return "glimpse:" + quality;
        }

        @Override
        public boolean lossy() {
            return true;
        }

        @Override
        public byte[] encode(PatchGeometry geometry, byte[] pixels) {
            return MosaicPayload.encode(geometry, pixels, quality);
        }

        @Override
        public void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException {
            MosaicPayload.checkLength(geometry, payloadBytes);
        }

        @Override
        public byte[] decode(PatchGeometry geometry, byte[] payload) throws MessageException {
            checkLength(geometry, payload.length);
            return MosaicPayload.decode(geometry, payload, quality);
        }
    }
}
