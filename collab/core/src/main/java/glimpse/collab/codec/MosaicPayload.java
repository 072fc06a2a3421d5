package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.collab.codec.mosaic.MosaicCodec;
import glimpse.collab.codec.mosaic.MosaicException;

/** Codecs 2..100 of MESSAGE.md: positions and pixels as one code of adaptive probabilities. */
final class MosaicPayload {
    private MosaicPayload() {}

    static byte[] encode(PatchGeometry geometry, byte[] pixels, int quality) {
        return codec(geometry, quality).encode(geometry.positions(), pixels);
    }

    /** Reads the positions at the payload's beginning. */
    static int[] positions(int grid, int count, byte[] payload) throws MessageException {
        try {
            return new MosaicCodec(grid, 1, 1, 1).positions(count, payload);
        } catch (MosaicException e) {
            throw new MessageException(Rule.POSITIONS_TOO_SHORT, "the positions can't be decoded: " + e.getMessage());
        }
    }

    static void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException {
        long least = MosaicCodec.minBytes(geometry.pixelBytes());
        if (payloadBytes < least) {
            throw new MessageException(
                    Rule.PAYLOAD_LENGTH,
                    "the payload has " + payloadBytes + " bytes, expected at least " + least + " for "
                            + geometry.pixelBytes() + " bytes of pixels");
        }
    }

    static byte[] decode(PatchGeometry geometry, byte[] payload, int quality) throws MessageException {
        try {
            return codec(geometry, quality).decode(geometry.patches(), payload);
        } catch (MosaicException e) {
            throw new MessageException(Rule.PAYLOAD, "the patches can't be decoded: " + e.getMessage());
        }
    }

    private static MosaicCodec codec(PatchGeometry geometry, int quality) {
        return new MosaicCodec(geometry.grid(), geometry.patchSize(), geometry.channels(), quality);
    }
}
