package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;

/**
 * Codecs 101..200 of MESSAGE.md: the entropy-coded scan of a baseline JPEG of the patches. Size and tables follow from
 * the message's header, so no JPEG header is sent, and none can lie.
 */
final class JpegPayload {
    private static final int RGB_STRIDE = 3;

    private JpegPayload() {}

    static byte[] encode(PatchGeometry geometry, byte[] pixels, int quality) {
        JpegTables tables = new JpegTables(quality, geometry.channels());
        JpegMosaic mosaic = JpegMosaic.of(geometry, tables.mcuSide());
        if (mosaic.area() > DecodeOptions.DEFAULT_MAX_PIXELS) {
            throw new IllegalArgumentException("the JPEG would have " + mosaic.area() + " pixels, expected at most "
                    + DecodeOptions.DEFAULT_MAX_PIXELS);
        }
        return JpegWriter.scan(mosaic.width(), mosaic.height(), mosaic.image(pixels, tables.mcuSide()), tables);
    }

    static void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException {
        int mcuSide = new JpegTables(1, geometry.channels()).mcuSide();
        JpegMosaic mosaic = JpegMosaic.of(geometry, mcuSide);
        long width = (long) mosaic.columns() * geometry.patchSize();
        long height = (long) mosaic.rows() * geometry.patchSize();
        if (width > JpegWriter.MAX_SIDE
                || height > JpegWriter.MAX_SIDE
                || width * height > DecodeOptions.DEFAULT_MAX_PIXELS) {
            throw new MessageException(
                    Rule.PAYLOAD_LENGTH, "the patches make a JPEG of " + width + " x " + height + " pixels, too large");
        }
        long minBits = mosaic.mcus(mcuSide) * JpegScan.minBitsOfMcu(geometry.channels());
        if (minBits > 8L * payloadBytes) {
            throw new MessageException(
                    Rule.PAYLOAD_LENGTH,
                    "the payload has " + payloadBytes + " bytes, a JPEG of " + width + " x " + height
                            + " pixels takes at least " + (minBits + 7) / 8);
        }
    }

    static byte[] decode(PatchGeometry geometry, byte[] scan, int quality) throws MessageException {
        JpegTables tables = new JpegTables(quality, geometry.channels());
        JpegMosaic mosaic = JpegMosaic.of(geometry, tables.mcuSide());
        JpegScan.check(scan, (int) mosaic.mcus(tables.mcuSide()), tables);
        try {
            RgbImage image = RgbImage.decode(tables.file(mosaic.width(), mosaic.height(), scan));
            return mosaic.pixels(image.samples(), RGB_STRIDE);
        } catch (ImageFormatException e) {
            throw new MessageException(Rule.PAYLOAD, "the JPEG can't be decoded: " + e.getMessage());
        }
    }
}
