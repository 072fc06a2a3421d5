package glimpse.collab.codec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes the scan of a baseline JPEG with the JDK's own writer. */
final class JpegWriter {
    /** The longest side that the JDK's writer supports, in pixels. */
    static final int MAX_SIDE = 65_500;

    private static final int START_OF_SCAN = 0xda;

    private JpegWriter() {}

    /**
     * Encodes an image.
     *
     * @param samples {@code [height][width][channels]}
     * @return the entropy-coded scan, without any marker
     */
    static byte[] scan(int width, int height, byte[] samples, JpegTables tables) {
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException("the JPEG would be " + width + " x " + height
                    + " pixels, expected at most " + MAX_SIDE + " along a side");
        }
        JPEGImageWriteParam parameters = new JPEGImageWriteParam(Locale.ROOT);
        parameters.setEncodeTables(tables.quantisationTables(), tables.dcCodes(), tables.acCodes());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = jdkWriter();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image(width, height, samples, tables.channels()), null, null), parameters);
        } catch (IOException e) {
            throw new IllegalStateException("the JDK's JPEG writer failed in memory", e);
        } finally {
            writer.dispose();
        }
        return scanOf(out.toByteArray());
    }

    private static ImageWriter jdkWriter() {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("JPEG");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getModule() == ImageWriter.class.getModule()) {
                return writer;
            }
        }
        throw new IllegalStateException("this Java runtime has no JPEG writer of its own");
    }

    private static BufferedImage image(int width, int height, byte[] samples, int channels) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(width, height, type);
        int[] row = new int[width * channels];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < row.length; i++) {
                row[i] = samples[y * row.length + i] & 0xff;
            }
            image.getRaster().setPixels(0, y, width, 1, row);
        }
        return image;
    }

    /** Returns what lies between the header of the only scan and the end marker. */
    private static byte[] scanOf(byte[] file) {
        int at = 2;
        while ((file[at + 1] & 0xff) != START_OF_SCAN) {
            at += 2 + segmentLength(file, at);
        }
        return Arrays.copyOfRange(file, at + 2 + segmentLength(file, at), file.length - 2);
    }

    private static int segmentLength(byte[] file, int marker) {
        return (file[marker + 2] & 0xff) << 8 | (file[marker + 3] & 0xff);
    }
}
