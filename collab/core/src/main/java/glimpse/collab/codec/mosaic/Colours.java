package glimpse.collab.codec.mosaic;

/** Converts pixels to planes of Y, Cb and Cr as JFIF has them, and back. */
final class Colours {
    private static final int HALF = 1 << 15;
    private static final int MIDDLE = 128;

    private Colours() {}

    /** Returns the luma of the pixel that begins at an index, 0..255. */
    static int luma(byte[] pixels, int at, int channels) {
        int first = pixels[at] & 0xff;
        return channels == 1
                ? first
                : (19595 * first + 38470 * (pixels[at + 1] & 0xff) + 7471 * (pixels[at + 2] & 0xff) + HALF) >> 16;
    }

    /**
     * Reads a patch, its last column and row repeated up to whole units.
     *
     * @param pixels {@code [patches][patchSize][patchSize][channels]}
     * @param planes receives {@code [channels][side][side]}, 0..255
     */
    static void read(byte[] pixels, int patch, Mosaic mosaic, int[][] planes) {
        int size = mosaic.patchSize();
        int channels = mosaic.channels();
        for (int y = 0; y < mosaic.side(); y++) {
            int row = (patch * size + Math.min(y, size - 1)) * size;
            for (int x = 0; x < mosaic.side(); x++) {
                int at = (row + Math.min(x, size - 1)) * channels;
                int to = y * mosaic.side() + x;
                planes[0][to] = luma(pixels, at, channels);
                if (channels > 1) {
                    int red = pixels[at] & 0xff;
                    int green = pixels[at + 1] & 0xff;
                    int blue = pixels[at + 2] & 0xff;
                    planes[1][to] = sample(MIDDLE + ((-11059 * red - 21709 * green + 32768 * blue + HALF) >> 16));
                    planes[2][to] = sample(MIDDLE + ((32768 * red - 27439 * green - 5329 * blue + HALF) >> 16));
                }
            }
        }
    }

    /** Returns the pixels of all patches, {@code [patches][patchSize][patchSize][channels]}. */
    static byte[] pixels(Mosaic mosaic) {
        int size = mosaic.patchSize();
        byte[] pixels = new byte[mosaic.patches() * size * size * mosaic.channels()];
        int to = 0;
        for (int patch = 0; patch < mosaic.patches(); patch++) {
            for (int y = 0; y < size; y++) {
                int row = mosaic.index(patch, 0, y);
                for (int at = row; at < row + size; at++) {
                    int luma = mosaic.samples(0)[at] & 0xff;
                    if (mosaic.channels() == 1) {
                        pixels[to++] = (byte) luma;
                    } else {
                        int cb = (mosaic.samples(1)[at] & 0xff) - MIDDLE;
                        int cr = (mosaic.samples(2)[at] & 0xff) - MIDDLE;
                        pixels[to++] = (byte) sample(luma + ((91881 * cr + HALF) >> 16));
                        pixels[to++] = (byte) sample(luma + ((-22554 * cb - 46802 * cr + HALF) >> 16));
                        pixels[to++] = (byte) sample(luma + ((116130 * cb + HALF) >> 16));
                    }
                }
            }
        }
        return pixels;
    }

    private static int sample(int value) {
        return Math.clamp(value, 0, 255);
    }
}
