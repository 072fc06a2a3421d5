package glimpse.engine.image;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * Decodes a JPEG byte for byte as libjpeg-turbo does. The JDK's reader (IJG 6b, with the same integer transform and smooth
 * chroma upsampling) gives the raw components, which {@link JpegColour} converts to RGB.
 */
final class JpegDecoder {
    private JpegDecoder() {}

    static RgbImage decode(JpegStructure structure) throws ImageFormatException {
        Raster raster = ImageDecoder.readWithJdk("JPEG", structure.essential(), reader -> reader.readRaster(0, null));
        JpegColour colour = structure.colour();
        byte[] raw = interleaved(raster, structure, colour.components()); // [height][width][components]
        JpegUpsampling.smoothRowPairs(raw, structure);
        byte[] rgb = new byte[structure.width() * structure.height() * 3];
        colour.toRgb(raw, rgb);
        return RgbImage.own(structure.width(), structure.height(), rgb);
    }

    private static byte[] interleaved(Raster raster, JpegStructure structure, int components)
            throws ImageFormatException {
        if (raster.getDataBuffer() instanceof DataBufferByte buffer
                && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && model.getPixelStride() == components
                && model.getScanlineStride() == structure.width() * components
                && raster.getHeight() == structure.height()
                && buffer.getSize() == structure.width() * structure.height() * components) {
            return buffer.getData();
        }
        throw new ImageFormatException("this Java runtime's JPEG reader gave " + raster.getWidth() + " x "
                + raster.getHeight() + " x " + raster.getNumBands() + " samples, expected " + structure.width() + " x "
                + structure.height() + " x " + components);
    }
}
