package glimpse.engine.image;

/**
 * The colour spaces of JPEG, with their conversion to RGB in the integer arithmetic of the Independent JPEG Group's library
 * (16 fractional bits). Four components are taken to be inverted, as Adobe stores them and Pillow reads them.
 */
enum JpegColour {
    GREY(1) {
        @Override
        void toRgb(byte[] from, byte[] to) {
            for (int i = 0; i < from.length; i++) {
                to[3 * i] = from[i];
                to[3 * i + 1] = from[i];
                to[3 * i + 2] = from[i];
            }
        }
    },
    YCBCR(3) {
        @Override
        void toRgb(byte[] from, byte[] to) {
            for (int i = 0; i < from.length; i += 3) {
                int y = from[i] & 0xff;
                int blue = (from[i + 1] & 0xff) - 128;
                int red = (from[i + 2] & 0xff) - 128;
                to[i] = (byte) clip(y + redShift(red));
                to[i + 1] = (byte) clip(y + greenShift(blue, red));
                to[i + 2] = (byte) clip(y + blueShift(blue));
            }
        }
    },
    RGB(3) {
        @Override
        void toRgb(byte[] from, byte[] to) {
            System.arraycopy(from, 0, to, 0, from.length);
        }
    },
    CMYK(4) {
        @Override
        void toRgb(byte[] from, byte[] to) {
            for (int i = 0, at = 0; i < from.length; i += 4, at += 3) {
                int key = from[i + 3] & 0xff;
                to[at] = (byte) inked(from[i] & 0xff, key);
                to[at + 1] = (byte) inked(from[i + 1] & 0xff, key);
                to[at + 2] = (byte) inked(from[i + 2] & 0xff, key);
            }
        }
    },
    YCCK(4) {
        @Override
        void toRgb(byte[] from, byte[] to) {
            for (int i = 0, at = 0; i < from.length; i += 4, at += 3) {
                int y = from[i] & 0xff;
                int blue = (from[i + 1] & 0xff) - 128;
                int red = (from[i + 2] & 0xff) - 128;
                int key = from[i + 3] & 0xff;
                to[at] = (byte) inked(clip(255 - (y + redShift(red))), key);
                to[at + 1] = (byte) inked(clip(255 - (y + greenShift(blue, red))), key);
                to[at + 2] = (byte) inked(clip(255 - (y + blueShift(blue))), key);
            }
        }
    };

    private static final int HALF = 1 << 15;
    private static final int RED_FROM_RED = 91881; // 1.40200
    private static final int GREEN_FROM_RED = 46802; // 0.71414
    private static final int GREEN_FROM_BLUE = 22554; // 0.34414
    private static final int BLUE_FROM_BLUE = 116130; // 1.77200

    private final int components;

    JpegColour(int components) {
        this.components = components;
    }

    /** Returns the number of samples per pixel. */
    int components() {
        return components;
    }

    /**
     * Converts pixels.
     *
     * @param from {@code [pixels][components]}
     * @param to {@code [pixels][3]}
     */
    abstract void toRgb(byte[] from, byte[] to);

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
        return Math.clamp(value, 0, 255);
    }
}
