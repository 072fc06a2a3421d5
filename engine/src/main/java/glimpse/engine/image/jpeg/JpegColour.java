package glimpse.engine.image.jpeg;

/**
 * The colour spaces of JPEG, with their conversion to RGB in the integer arithmetic of the Independent JPEG Group's
 * library (16 fractional bits). Four components are taken to be inverted, as Adobe stores them and Pillow reads them.
 */
enum JpegColour {
    GREY {
        @Override
        void toRgb(byte[][] from, int width, byte[] to, int at) {
            byte[] grey = from[0];
            for (int x = 0, i = at; x < width; x++, i += 3) {
                to[i] = grey[x];
                to[i + 1] = grey[x];
                to[i + 2] = grey[x];
            }
        }
    },
    YCBCR {
        @Override
        void toRgb(byte[][] from, int width, byte[] to, int at) {
            byte[] luma = from[0];
            byte[] blues = from[1];
            byte[] reds = from[2];
            for (int x = 0, i = at; x < width; x++, i += 3) {
                int y = luma[x] & 0xff;
                int blue = (blues[x] & 0xff) - 128;
                int red = (reds[x] & 0xff) - 128;
                to[i] = (byte) clip(y + redShift(red));
                to[i + 1] = (byte) clip(y + greenShift(blue, red));
                to[i + 2] = (byte) clip(y + blueShift(blue));
            }
        }
    },
    RGB {
        @Override
        void toRgb(byte[][] from, int width, byte[] to, int at) {
            for (int x = 0, i = at; x < width; x++, i += 3) {
                to[i] = from[0][x];
                to[i + 1] = from[1][x];
                to[i + 2] = from[2][x];
            }
        }
    },
    CMYK {
        @Override
        void toRgb(byte[][] from, int width, byte[] to, int at) {
            for (int x = 0, i = at; x < width; x++, i += 3) {
                int key = from[3][x] & 0xff;
                to[i] = (byte) inked(from[0][x] & 0xff, key);
                to[i + 1] = (byte) inked(from[1][x] & 0xff, key);
                to[i + 2] = (byte) inked(from[2][x] & 0xff, key);
            }
        }
    },
    YCCK {
        @Override
        void toRgb(byte[][] from, int width, byte[] to, int at) {
            for (int x = 0, i = at; x < width; x++, i += 3) {
                int y = from[0][x] & 0xff;
                int blue = (from[1][x] & 0xff) - 128;
                int red = (from[2][x] & 0xff) - 128;
                int key = from[3][x] & 0xff;
                to[i] = (byte) inked(clip(255 - (y + redShift(red))), key);
                to[i + 1] = (byte) inked(clip(255 - (y + greenShift(blue, red))), key);
                to[i + 2] = (byte) inked(clip(255 - (y + blueShift(blue))), key);
            }
        }
    };

    private static final int HALF = 1 << 15;
    private static final int RED_FROM_RED = 91881; // 1.40200
    private static final int GREEN_FROM_RED = 46802; // 0.71414
    private static final int GREEN_FROM_BLUE = 22554; // 0.34414
    private static final int BLUE_FROM_BLUE = 116130; // 1.77200

    /**
     * Converts a row of pixels.
     *
     * @param from {@code [components][at least width]}
     * @param width how many pixels
     * @param to {@code [pixels][3]}
     * @param at where in {@code to} the row begins
     */
    abstract void toRgb(byte[][] from, int width, byte[] to, int at);

    private static int redShift(int red) {
        return (RED_FROM_RED * red + HALF) >> 16;
    }

    private static int greenShift(int blue, int red) {
        return (-GREEN_FROM_BLUE * blue - GREEN_FROM_RED * red + HALF) >> 16;
    }

    private static int blueShift(int blue) {
        return (BLUE_FROM_BLUE * blue + HALF) >> 16;
    }

    /** Combines an inverted ink (255: none) with an inverted black: their product, rounded as in Pillow. */
    private static int inked(int ink, int key) {
        int product = (255 - ink) * key + 128;
        return clip(key - (((product >> 8) + product) >> 8));
    }

    private static int clip(int value) {
        if ((value & ~0xff) != 0) {
            return value < 0 ? 0 : 255;
        }
        return value;
    }
}
