package glimpse.engine.image;

/**
 * Resizes 8-bit images with an antialiasing filter, byte for byte as Pillow 13's {@code Image.resize}: weights have 22
 * fractional bits; the axes are resampled in turn, each result being rounded and clipped to 8 bits; an axis that keeps
 * its length is skipped. Thread-safe.
 *
 * <p>The width comes first, unless the height shrinks by more than twice as many pixels as the width: the order affects
 * the last bit. (Pillow before 13 always began with the width.)
 */
public final class Resampler {
    private Resampler() {}

    /**
     * Returns the image in another size.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1
     * @throws IllegalArgumentException if the size, or that after the first axis, is above
     *     {@link DecodeOptions#DEFAULT_MAX_PIXELS}
     */
    public static RgbImage resize(RgbImage image, int width, int height, Interpolation interpolation) {
        RgbImage.requireSize(width, height, DecodeOptions.DEFAULT_MAX_PIXELS);
        return resize(image, width, height, new Region(0, 0, width, height), interpolation);
    }

    /**
     * Returns a part of the resized image, computing only its pixels.
     *
     * @param width pixels of the whole resized image
     * @param height pixels of the whole resized image
     * @param wanted the part, inside the resized image
     */
    static RgbImage resize(RgbImage image, int width, int height, Region wanted, Interpolation interpolation) {
        boolean keepWidth = width == image.width();
        boolean keepHeight = height == image.height();
        FilterWeights columns = FilterWeights.of(image.width(), width, wanted.left(), wanted.right(), interpolation);
        FilterWeights rows = FilterWeights.of(image.height(), height, wanted.top(), wanted.bottom(), interpolation);
        // the part of the source that the wanted part is computed from
        Region source = Region.between(
                keepWidth ? wanted.left() : columns.firstInput(),
                keepHeight ? wanted.top() : rows.firstInput(),
                keepWidth ? wanted.right() : columns.endInput(),
                keepHeight ? wanted.bottom() : rows.endInput());

        PixelBlock block = PixelBlock.of(image);
        int shorterBy = image.height() - height;
        int narrowerBy = image.width() - width;
        if (shorterBy > 0 && shorterBy > 2L * narrowerBy) {
            block = block.resampleColumns(source, rows, wanted.top());
            block = keepWidth ? block : block.resampleRows(wanted, columns, wanted.left());
        } else {
            block = keepWidth ? block : block.resampleRows(source, columns, wanted.left());
            block = keepHeight ? block : block.resampleColumns(wanted, rows, wanted.top());
        }
        return block.image(wanted);
    }
}
