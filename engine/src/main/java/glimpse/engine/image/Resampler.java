package glimpse.engine.image;

import java.util.Arrays;

/**
 * Antialiased resizing of 8-bit images, byte for byte as Pillow's {@code Image.resize}: weights rounded to 22 bits
 * after the point, rows first and then columns, rounded and clipped to 8 bits after each; an axis that keeps its length
 * is left alone. Thread-safe.
 */
public final class Resampler {
    /** 32 bits less 8 of a sample and 2 for the overshoot of a filter with negative lobes. */
    private static final int FRACTION_BITS = 32 - 8 - 2;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private Resampler() {}

    /**
     * The whole image in another size.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1
     * @throws IllegalArgumentException if the size is out of an image's range
     */
    public static RgbImage resize(RgbImage image, int width, int height, Interpolation interpolation) {
        return resize(image, width, height, new Window(0, 0, width, height), interpolation);
    }

    /**
     * A window of the image in another size: the pixels are those of the whole, but only they are computed.
     *
     * @param width pixels of the whole resized image
     * @param height pixels of the whole resized image
     * @param window the part wanted, inside the resized image
     */
    static RgbImage resize(RgbImage image, int width, int height, Window window, Interpolation interpolation) {
        FilterWeights columns = FilterWeights.of(image.width(), width, window.left(), window.right(), interpolation);
        FilterWeights rows = FilterWeights.of(image.height(), height, window.top(), window.bottom(), interpolation);
        boolean keepHeight = height == image.height();
        int firstRow = keepHeight ? window.top() : rows.first(0);
        int lastRow = window.height() - 1;
        int endRow = keepHeight ? window.bottom() : rows.first(lastRow) + rows.count(lastRow);

        byte[] narrowed = width == image.width()
                ? copyColumns(image, firstRow, endRow, window)
                : filterRows(image, firstRow, endRow, columns);
        byte[] samples = keepHeight ? narrowed : filterColumns(narrowed, firstRow, window.width() * 3, rows);
        return RgbImage.own(window.width(), window.height(), samples);
    }

    private static byte[] copyColumns(RgbImage image, int firstRow, int endRow, Window window) {
        int stride = window.width() * 3;
        byte[] to = new byte[Math.multiplyExact(endRow - firstRow, stride)]; // [rows][window width][3]
        for (int y = firstRow; y < endRow; y++) {
            int from = (y * image.width() + window.left()) * 3;
            System.arraycopy(image.rawSamples(), from, to, (y - firstRow) * stride, stride);
        }
        return to;
    }

    /** Rows {@code firstRow..endRow-1} of the image, each resampled along its length. */
    private static byte[] filterRows(RgbImage image, int firstRow, int endRow, FilterWeights columns) {
        int[] weights = columns.fixedPoint(FRACTION_BITS); // [outputs][taps]
        int stride = columns.outputs() * 3;
        byte[] to = new byte[Math.multiplyExact(endRow - firstRow, stride)]; // [rows][outputs][3]
        for (int y = firstRow; y < endRow; y++) {
            filterRow(image.rawSamples(), y * image.width() * 3, columns, weights, to, (y - firstRow) * stride);
        }
        return to;
    }

    private static void filterRow(
            byte[] from, int fromRow, FilterWeights columns, int[] weights, byte[] to, int toRow) {
        int taps = columns.taps();
        for (int x = 0; x < columns.outputs(); x++) {
            int at = fromRow + columns.first(x) * 3;
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            for (int k = x * taps; k < x * taps + columns.count(x); k++) {
                int weight = weights[k];
                red += (from[at] & 0xff) * weight;
                green += (from[at + 1] & 0xff) * weight;
                blue += (from[at + 2] & 0xff) * weight;
                at += 3;
            }
            to[toRow + x * 3] = round(red);
            to[toRow + x * 3 + 1] = round(green);
            to[toRow + x * 3 + 2] = round(blue);
        }
    }

    /** Resamples down the columns of rows of {@code stride} bytes; {@code from} begins with the image's firstRow. */
    private static byte[] filterColumns(byte[] from, int firstRow, int stride, FilterWeights rows) {
        int[] weights = rows.fixedPoint(FRACTION_BITS); // [outputs][taps]
        byte[] to = new byte[Math.multiplyExact(rows.outputs(), stride)]; // [outputs][stride]
        int[] sums = new int[stride];
        for (int y = 0; y < rows.outputs(); y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < rows.count(y); k++) {
                addWeighted(from, (rows.first(y) - firstRow + k) * stride, weights[y * rows.taps() + k], sums);
            }
            for (int i = 0; i < stride; i++) {
                to[y * stride + i] = round(sums[i]);
            }
        }
        return to;
    }

    private static void addWeighted(byte[] from, int at, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (from[at + i] & 0xff) * weight;
        }
    }

    private static byte round(int sum) {
        return (byte) Math.clamp(sum >> FRACTION_BITS, 0, 255);
    }

    /** A rectangle of pixels. */
    record Window(int left, int top, int width, int height) {
        int right() {
            return left + width;
        }

        int bottom() {
            return top + height;
        }
    }
}
