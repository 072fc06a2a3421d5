package glimpse.engine.image;

/**
 * Options of decoding an image file. Immutable.
 *
 * <p>By default an EXIF orientation is not applied: the pixels are those that Pillow's {@code Image.open(file)} gives
 * without {@code ImageOps.exif_transpose}, which is what the published accuracies of ImageNet models were measured on.
 *
 * @param maxPixels the largest number of pixels (width times height) that a file may declare,
 *     1..{@link RgbImage#MAX_PIXELS}; checked before memory is allocated for the pixels
 * @param applyOrientation whether to turn and mirror the image as its EXIF orientation (JPEG: APP1 segment, PNG: eXIf
 *     chunk) says; EXIF data that is absent or malformed counts as upright
 */
public record DecodeOptions(int maxPixels, boolean applyOrientation) {
    /**
     * Default for {@link #maxPixels}: 64 Mi pixels. Decoding takes three bytes per pixel, whatever the file contains,
     * so at most 192 MiB beside the file itself; applying an orientation takes as much again.
     */
    public static final int DEFAULT_MAX_PIXELS = 1 << 26;

    /** The longest side that a file may declare, in pixels: what a JPEG can have at most. */
    public static final int MAX_SIDE = 65_535;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code maxPixels} is out of range
     */
    public DecodeOptions {
        if (maxPixels < 1 || maxPixels > RgbImage.MAX_PIXELS) {
            throw new IllegalArgumentException("maxPixels is " + maxPixels + ", expected 1.." + RgbImage.MAX_PIXELS);
        }
    }

    /** Returns the default options: {@link #DEFAULT_MAX_PIXELS}, orientation not applied. */
    public static DecodeOptions defaults() {
        return new DecodeOptions(DEFAULT_MAX_PIXELS, false);
    }

    /** Returns these options with another limit of pixels. */
    public DecodeOptions withMaxPixels(int pixels) {
        return new DecodeOptions(pixels, applyOrientation);
    }

    /**
     * Checks a declared size before anything is allocated for it.
     *
     * @throws ImageFormatException if a side is 0 or longer than {@link #MAX_SIDE}, or there are more pixels than the
     *     limit
     */
    public void requireSize(long width, long height) throws ImageFormatException {
        if (width < 1 || height < 1) {
            throw new ImageFormatException("declares " + width + " x " + height + " pixels");
        }
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new ImageFormatException(
                    "declares " + width + " x " + height + " pixels, expected at most " + MAX_SIDE + " along a side");
        }
        if (height > maxPixels / width) {
            throw new ImageFormatException(
                    "declares " + width + " x " + height + " pixels, expected at most " + maxPixels + " in all");
        }
    }

    /** Returns these options with the EXIF orientation applied. */
    public DecodeOptions withOrientationApplied() {
        return new DecodeOptions(maxPixels, true);
    }
}
