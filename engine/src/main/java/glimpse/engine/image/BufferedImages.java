package glimpse.engine.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** Converts images of {@code java.awt} to RGB samples. */
final class BufferedImages {
    private BufferedImages() {}

    static RgbImage toRgb(BufferedImage image) {
        RgbImage.requireSize(image.getWidth(), image.getHeight());
        byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3]; // [height][width][3]
        if (isGrey(image)) {
            copyGrey(image, rgb);
        } else {
            copyColour(image, rgb);
        }
        return RgbImage.own(image.getWidth(), image.getHeight(), rgb);
    }

    /** Grey images are read from the raster: {@code getRGB} would take their samples to be linear and brighten them. */
    private static boolean isGrey(BufferedImage image) {
        int type = image.getType();
        return type == BufferedImage.TYPE_BYTE_GRAY || type == BufferedImage.TYPE_USHORT_GRAY;
    }

    private static void copyGrey(BufferedImage image, byte[] rgb) {
        Raster raster = image.getRaster();
        int shift = raster.getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
        int[] row = new int[image.getWidth()];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
            for (int sample : row) {
                byte grey = (byte) (sample >> shift);
                rgb[at++] = grey;
                rgb[at++] = grey;
                rgb[at++] = grey;
            }
        }
    }

    private static void copyColour(BufferedImage image, byte[] rgb) {
        int[] row = new int[image.getWidth()]; // packed ARGB
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                rgb[at++] = (byte) (pixel >> 16);
                rgb[at++] = (byte) (pixel >> 8);
                rgb[at++] = (byte) pixel;
            }
        }
    }
}
