package glimpse.evaluation.webp;

/**
 * Pixels as their difference from a prediction by the pixels around them (RFC 9649, section 3.5.1).
 *
 * @param bits a block has {@code 1 << bits} pixels along a side
 * @param blocks {@code [rows][columns]}, with the number of a predictor in the lowest bits of green
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LosslessPrediction(int width, int height, int bits, int[] blocks) implements LosslessTransform {
    private static final int OPAQUE_BLACK = 0xff000000;
    private static final int LEFT = 1;
    private static final int TOP = 2;

    @Override
    public int codedWidth() {
        return width;
    }

    @Override
    public int[] undo(int[] pixels) {
        int across = EntropyCodedImage.blocks(width, bits);
        pixels[0] = LosslessTransform.sum(pixels[0], OPAQUE_BLACK);
        for (int x = 1; x < width; x++) {
            pixels[x] = LosslessTransform.sum(pixels[x], pixels[x - 1]);
        }
        for (int y = 1; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int predictor = x == 0 ? TOP : (blocks[(y >> bits) * across + (x >> bits)] >> 8) & 0xf;
                pixels[i] = LosslessTransform.sum(pixels[i], predicted(predictor, pixels, i));
            }
        }
        return pixels;
    }

    /** Predicts a pixel that isn't in the first row. The one above to the right of a row's last is the row's first. */
    private int predicted(int predictor, int[] pixels, int i) {
        int left = pixels[i - 1];
        int top = pixels[i - width];
        int topLeft = pixels[Math.max(0, i - width - 1)]; // the second row's first pixel has none, and needs none
        int topRight = pixels[i - width + 1];
        return switch (predictor) {
            case LEFT -> left;
            case TOP -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> mean(mean(left, topRight), top);
            case 6 -> mean(left, topLeft);
            case 7 -> mean(left, top);
            case 8 -> mean(topLeft, top);
            case 9 -> mean(top, topRight);
            case 10 -> mean(mean(left, topLeft), mean(top, topRight));
            case 11 -> distance(top, topLeft) < distance(left, topLeft) ? left : top;
            case 12 -> gradient(left, top, topLeft);
            case 13 -> halfGradient(mean(left, top), topLeft);
            default -> OPAQUE_BLACK;
        };
    }

    /** Returns the mean of pixels channel by channel, rounded down. */
    private static int mean(int a, int b) {
        return (((a ^ b) >>> 1) & 0x7f7f7f7f) + (a & b);
    }

    /** Returns the sum of the differences of all channels. */
    private static int distance(int a, int b) {
        int distance = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            distance += Math.abs(((a >> shift) & 0xff) - ((b >> shift) & 0xff));
        }
        return distance;
    }

    private static int gradient(int left, int top, int topLeft) {
        int pixel = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int value = ((left >> shift) & 0xff) + ((top >> shift) & 0xff) - ((topLeft >> shift) & 0xff);
            pixel |= Math.clamp(value, 0, 255) << shift;
        }
        return pixel;
    }

    private static int halfGradient(int mean, int topLeft) {
        int pixel = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int value = (mean >> shift) & 0xff;
            pixel |= Math.clamp(value + (value - ((topLeft >> shift) & 0xff)) / 2, 0, 255) << shift;
        }
        return pixel;
    }
}
