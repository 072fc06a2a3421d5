package glimpse.engine.image;

/**
 * Antialiased resizing of 8-bit images, byte for byte as Pillow 13's {@code Image.resize}: weights rounded to 22 bits
 * after the point; each axis in turn, rounded and clipped to 8 bits after each; an axis that keeps its length is left
 * alone. Thread-safe.
 *
 * <p>The width comes first, except where the height loses more than twice as many pixels as the width: the order shows
 * in the last bit. (Pillow before 13 always began with the width.)
 */
public final class Resampler {
    private Resampler() {}

    /**
     * The whole image in another size.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1
     * @throws IllegalArgumentException if the size, or that after the first axis, is above {@link
     *     DecodeOptions#DEFAULT_MAX_PIXELS}
     */
    public static RgbImage resize(RgbImage image, int width, int height, Interpolation interpolation) {
        RgbImage.requireSize(width, height, DecodeOptions.DEFAULT_MAX_PIXELS);
        return resize(image, width, height, new Region(0, 0, width, height), interpolation);
    }

    /**
     * A part of the image in another size: the pixels are those of the whole, but only they are computed.
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
        // The part of the source that the wanted part is made from.
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
