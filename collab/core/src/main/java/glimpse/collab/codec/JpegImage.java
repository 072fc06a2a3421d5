package glimpse.collab.codec;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;

/**
 * A whole image as a JPEG file, which is what a device that selects no patches would send: baseline, chroma at half
 * width and height, the standard Huffman tables, as most software writes by default. Immutable.
 */
public final class JpegImage {
    private final byte[] file;
    private final int channels;

    private JpegImage(byte[] file, int channels) {
        this.file = file;
        this.channels = channels;
    }

    /**
     * Encodes an image.
     *
     * @param image of any size
     * @param channels 3, or 1 to encode the first channel of a grey image
     * @param quality 1..100, on the scale of the Independent JPEG Group
     * @throws IllegalArgumentException if a side is longer than 65,500 pixels or the quality out of range
     */
    public static JpegImage encode(RgbImage image, int channels, int quality) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels is " + channels + ", expected 1 or 3");
        }
        JpegTables.requireQuality(quality);
        JpegTables tables = new JpegTables(quality, channels);
        byte[] samples = channels == 3 ? image.samples() : firstChannel(image);
        byte[] scan = JpegWriter.scan(image.width(), image.height(), samples, tables);
        return new JpegImage(tables.file(image.width(), image.height(), scan), channels);
    }

    private static byte[] firstChannel(RgbImage image) {
        byte[] rgb = image.samples();
        byte[] grey = new byte[rgb.length / 3];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = rgb[3 * i];
        }
        return grey;
    }

    /** Returns the length of the file. */
    public int bytes() {
        return file.length;
    }

    /** Returns 1 (grey) or 3 (colour). */
    public int channels() {
        return channels;
    }

    /** Returns a copy of the file. */
    public byte[] file() {
        return file.clone();
    }

    /** Decodes the file. */
    public RgbImage decoded() {
        try {
            return RgbImage.decode(file);
        } catch (ImageFormatException e) {
            throw new IllegalStateException("a JPEG that was just written can't be read", e);
        }
    }
}
