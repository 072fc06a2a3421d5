package glimpse.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The EXIF orientation (tag 0x0112): where the first row and column of the stored pixels belong in the picture,
 * numbered 1..8 (JEITA CP-3451). Each constant turns stored pixels upright.
 */
enum ExifOrientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    ROTATED_180(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    ROTATED_90(true, false, true),
    TRANSVERSED(true, true, true),
    ROTATED_270(true, true, false);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3; // TIFF's field type
    private static final int TIFF_HEADER_BYTES = 8;
    private static final int TIFF_MAGIC = 42;
    private static final int ENTRY_BYTES = 12;

    private final boolean swapsAxes;
    private final boolean reversesX; // of the stored image
    private final boolean reversesY; // of the stored image

    ExifOrientation(boolean swapsAxes, boolean reversesX, boolean reversesY) {
        this.swapsAxes = swapsAxes;
        this.reversesX = reversesX;
        this.reversesY = reversesY;
    }

    /**
     * Reads the orientation from EXIF data: a TIFF structure, of which only the first directory is looked at.
     *
     * @param file holds the data
     * @param start index of the TIFF header
     * @param end index after the data
     * @return {@link #UPRIGHT} if the data is malformed or has no valid orientation
     */
    static ExifOrientation read(byte[] file, int start, int end) {
        if (end - start < TIFF_HEADER_BYTES) {
            return UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(file, start, end - start).slice();
        boolean little = tiff.get(0) == 'I' && tiff.get(1) == 'I';
        boolean big = tiff.get(0) == 'M' && tiff.get(1) == 'M';
        tiff.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xffffffffL;
        if (!(little || big) || tiff.getShort(2) != TIFF_MAGIC || directory > tiff.limit() - Short.BYTES) {
            return UPRIGHT;
        }
        int entries = tiff.getShort((int) directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            long entry = directory + Short.BYTES + (long) i * ENTRY_BYTES;
            if (entry > tiff.limit() - ENTRY_BYTES) {
                return UPRIGHT;
            }
            int at = (int) entry;
            if ((tiff.getShort(at) & 0xffff) == TAG) {
                int value = tiff.getShort(at + 8) & 0xffff;
                boolean valid = tiff.getShort(at + 2) == SHORT && tiff.getInt(at + 4) == 1;
                return valid && value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Returns the image turned upright, as Pillow's {@code ImageOps.exif_transpose} does. */
    RgbImage apply(RgbImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = swapsAxes ? stored.height() : stored.width();
        int height = swapsAxes ? stored.width() : stored.height();
        byte[] from = stored.rawSamples(); // [stored height][stored width][3]
        byte[] to = new byte[from.length]; // [height][width][3]
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int storedX = swapsAxes ? y : x;
                int storedY = swapsAxes ? x : y;
                storedX = reversesX ? stored.width() - 1 - storedX : storedX;
                storedY = reversesY ? stored.height() - 1 - storedY : storedY;
                int source = (storedY * stored.width() + storedX) * 3;
                to[at] = from[source];
                to[at + 1] = from[source + 1];
                to[at + 2] = from[source + 2];
                at += 3;
            }
        }
        return RgbImage.own(width, height, to);
    }
}
