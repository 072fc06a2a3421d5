package glimpse.engine.image;

/** Resizing and cutting out the central square, in one go: only what is kept is computed. */
final class CentreCrop {
    private CentreCrop() {}

    static RgbImage of(RgbImage image, Framing.ResizeAndCrop framing) {
        int width = resized(image.width(), image.height(), framing.resize());
        int height = resized(image.height(), image.width(), framing.resize());
        return cut(image, width, height, framing.size(), framing.interpolation());
    }

    static RgbImage of(RgbImage image, Framing.StretchAndCrop framing) {
        return cut(image, framing.resize(), framing.resize(), framing.size(), framing.interpolation());
    }

    private static RgbImage cut(RgbImage image, int width, int height, int size, Interpolation interpolation) {
        Region wanted =
                new Region(offset(width, size), offset(height, size), Math.min(width, size), Math.min(height, size));
        RgbImage kept = Resampler.resize(image, width, height, wanted, interpolation);
        return kept.width() == size && kept.height() == size ? kept : pad(kept, size);
    }

    /** The square's place in the image before the resize. */
    static SourceWindow window(int imageWidth, int imageHeight, Framing.ResizeAndCrop framing) {
        int size = framing.size();
        int width = resized(imageWidth, imageHeight, framing.resize());
        int height = resized(imageHeight, imageWidth, framing.resize());
        return window(imageWidth, imageHeight, width, height, size);
    }

    /** The square's place in the image before it was stretched. */
    static SourceWindow window(int imageWidth, int imageHeight, Framing.StretchAndCrop framing) {
        return window(imageWidth, imageHeight, framing.resize(), framing.resize(), framing.size());
    }

    private static SourceWindow window(int imageWidth, int imageHeight, int width, int height, int size) {
        double across = (double) imageWidth / width;
        double down = (double) imageHeight / height;
        return new SourceWindow(start(width, size) * across, start(height, size) * down, size * across, size * down);
    }

    /** Where the square begins on a side of the resized image; negative where it is longer. */
    private static int start(int length, int size) {
        return length < size ? -((size - length) / 2) : offset(length, size);
    }

    /** A side's length after the resize: exactly {@code shorter} if it is the shorter one, else truncated. */
    private static int resized(int side, int other, int shorter) {
        if (side <= other) {
            return shorter;
        }
        long length = (long) shorter * side / other;
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the image is " + side + " x " + other + " pixels, too long and thin for a resize to " + shorter);
        }
        return (int) length;
    }

    /** Where a centred run of {@code size} begins: half of what is over, a half pixel rounded to even. */
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
