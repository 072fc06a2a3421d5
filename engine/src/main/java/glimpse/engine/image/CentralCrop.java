package glimpse.engine.image;

import java.awt.geom.Rectangle2D;

/** Resizes an image and cuts out the central square in one step, computing only the pixels that are kept. */
final class CentralCrop {
    private CentralCrop() {}

    static RgbImage of(RgbImage image, Framing.Center framing) {
        int width = resized(image.width(), image.height(), framing.resize());
        int height = resized(image.height(), image.width(), framing.resize());
        return cut(image, width, height, framing.size(), framing.interpolation());
    }

    static RgbImage of(RgbImage image, Framing.Squash framing) {
        return cut(image, framing.resize(), framing.resize(), framing.size(), framing.interpolation());
    }

    private static RgbImage cut(RgbImage image, int width, int height, int size, Interpolation interpolation) {
        Region wanted =
                new Region(offset(width, size), offset(height, size), Math.min(width, size), Math.min(height, size));
        RgbImage kept = Resampler.resize(image, width, height, wanted, interpolation);
        return kept.width() == size && kept.height() == size ? kept : pad(kept, size);
    }

    /** Returns where the square lies in the image before it is resized in proportion. */
    static Rectangle2D window(int imageWidth, int imageHeight, Framing.Center framing) {
        int size = framing.size();
        int width = resized(imageWidth, imageHeight, framing.resize());
        int height = resized(imageHeight, imageWidth, framing.resize());
        return window(imageWidth, imageHeight, width, height, size);
    }

    /** Returns where the square lies in the image before it is squashed. */
    static Rectangle2D window(int imageWidth, int imageHeight, Framing.Squash framing) {
        return window(imageWidth, imageHeight, framing.resize(), framing.resize(), framing.size());
    }

    private static Rectangle2D window(int imageWidth, int imageHeight, int width, int height, int size) {
        double across = (double) imageWidth / width;
        double down = (double) imageHeight / height;
        return new Rectangle2D.Double(
                start(width, size) * across, start(height, size) * down, size * across, size * down);
    }

    /** Returns where the square begins on a side of the resized image; negative if the square is longer. */
    private static int start(int length, int size) {
        return length < size ? -((size - length) / 2) : offset(length, size);
    }

    /**
     * Returns a side's length after resizing: exactly {@code shorter} if it is the shorter one, otherwise truncated.
     */
    private static int resized(int side, int other, int shorter) {
        if (side <= other) {
            return shorter;
        }
        long length = (long) shorter * side / other;
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the image is " + side + " x " + other + " pixels, too long and thin to be resized to " + shorter);
        }
        return (int) length;
    }

    /** Returns where a centred run of {@code size} pixels begins: half of the excess, half a pixel rounded to even. */
    private static int offset(int length, int size) {
        return length <= size ? 0 : (int) Math.rint((length - size) / 2.0);
    }

    private static RgbImage pad(RgbImage image, int size) {
        byte[] to = new byte[size * size * 3];
        int left = (size - image.width()) / 2;
        int top = (size - image.height()) / 2;
        for (int y = 0; y < image.height(); y++) {
            int stride = image.width() * 3;
            System.arraycopy(image.rawSamples(), y * stride, to, ((top + y) * size + left) * 3, stride);
        }
        return RgbImage.own(size, size, to);
    }
}
