package glimpse.engine.image;

import java.awt.image.Raster;

/**
 * Decodes a PNG to the samples that Pillow gives: grey of fewer than 8 bits scaled to 0..255, the upper 8 of 16 bits,
 * alpha and transparent colours ignored, black for an index outside the palette.
 */
final class PngDecoder {
    private PngDecoder() {}

    static RgbImage decode(PngStructure structure) throws ImageFormatException {
        Raster raster = JdkPngReader.read(structure.essential());
        int width = structure.width();
        int samples = structure.colour().samples();
        if (raster.getWidth() != width || raster.getHeight() != structure.height() || raster.getNumBands() != samples) {
            throw new ImageFormatException("this Java runtime's PNG reader gave " + raster.getWidth() + " x "
                    + raster.getHeight() + " x " + raster.getNumBands() + " samples, expected " + width + " x "
                    + structure.height() + " x " + samples);
        }
        byte[] levels = levels(structure); // [256][3]
        int shift = structure.bitDepth() == 16 ? 8 : 0;
        boolean colour = samples >= 3;
        int[] row = new int[width * samples];
        byte[] rgb = new byte[width * structure.height() * 3];
        int at = 0;
        for (int y = 0; y < structure.height(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < row.length; x += samples) {
                for (int channel = 0; channel < 3; channel++) {
                    int value = row[colour ? x + channel : x] >> shift;
                    rgb[at++] = levels[value * 3 + channel];
                }
            }
        }
        return RgbImage.own(width, structure.height(), rgb);
    }

    /** Returns the colour that each sample of up to 8 bits represents. */
    private static byte[] levels(PngStructure structure) {
        byte[] levels = new byte[256 * 3];
        if (structure.colour() == PngStructure.Colour.PALETTE) {
            byte[] palette = structure.palette();
            System.arraycopy(palette, 0, levels, 0, palette.length);
            return levels;
        }
        int top = (1 << Math.min(structure.bitDepth(), 8)) - 1;
        for (int value = 0; value <= top; value++) {
            for (int channel = 0; channel < 3; channel++) {
                levels[value * 3 + channel] = (byte) (value * 255 / top);
            }
        }
        return levels;
    }
}
