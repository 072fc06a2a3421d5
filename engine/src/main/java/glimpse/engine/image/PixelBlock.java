package glimpse.engine.image;

import java.util.Arrays;

/** The pixels of a part of an image, with the two passes of resizing, one per axis. */
final class PixelBlock {
    /** 32 bits, less 8 for the sample and 2 for the overshoot of filters with negative lobes. */
    private static final int FRACTION_BITS = 32 - 8 - 2;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private final Region region;
    private final byte[] samples; // [region height][region width][3]

    private PixelBlock(Region region, byte[] samples) {
        this.region = region;
        this.samples = samples;
    }

    /** Returns the whole image as a block, without copying it. */
    static PixelBlock of(RgbImage image) {
        return new PixelBlock(new Region(0, 0, image.width(), image.height()), image.rawSamples());
    }

    private static PixelBlock blank(Region region) {
        RgbImage.requireSize(region.width(), region.height(), DecodeOptions.DEFAULT_MAX_PIXELS);
        return new PixelBlock(region, new byte[region.width() * region.height() * 3]);
    }

    Region region() {
        return region;
    }

    /** Returns a part of this block as an image. */
    RgbImage image(Region part) {
        if (part.equals(region)) {
            return RgbImage.own(part.width(), part.height(), samples);
        }
        byte[] copy = new byte[part.width() * part.height() * 3];
        int length = part.width() * 3;
        for (int y = 0; y < part.height(); y++) {
            System.arraycopy(samples, index(part.left(), part.top() + y), copy, y * length, length);
        }
        return RgbImage.own(part.width(), part.height(), copy);
    }

    /**
     * Resamples along the rows.
     *
     * @param wanted gives the rows; all columns that they are computed from must be in this block
     * @param columns weights of each new column
     * @param left index of the first new column
     */
    PixelBlock resampleRows(Region wanted, FilterWeights columns, int left) {
        PixelBlock to = blank(new Region(left, wanted.top(), columns.outputs(), wanted.height()));
        int[] weights = columns.fixedPoint(FRACTION_BITS); // [outputs][taps]
        for (int y = wanted.top(); y < wanted.bottom(); y++) {
            resampleRow(index(0, y), columns, weights, to.samples, to.index(left, y));
        }
        return to;
    }

    private void resampleRow(int row, FilterWeights columns, int[] weights, byte[] to, int toRow) {
        int taps = columns.taps();
        for (int x = 0; x < columns.outputs(); x++) {
            int at = row + columns.first(x) * 3;
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            for (int k = x * taps; k < x * taps + columns.count(x); k++) {
                int weight = weights[k];
                red += (samples[at] & 0xff) * weight;
                green += (samples[at + 1] & 0xff) * weight;
                blue += (samples[at + 2] & 0xff) * weight;
                at += 3;
            }
            to[toRow + x * 3] = round(red);
            to[toRow + x * 3 + 1] = round(green);
            to[toRow + x * 3 + 2] = round(blue);
        }
    }

    /**
     * Resamples down the columns.
     *
     * @param wanted gives the columns; all rows that they are computed from must be in this block
     * @param rows weights of each new row
     * @param top index of the first new row
     */
    PixelBlock resampleColumns(Region wanted, FilterWeights rows, int top) {
        PixelBlock to = blank(new Region(wanted.left(), top, wanted.width(), rows.outputs()));
        int[] weights = rows.fixedPoint(FRACTION_BITS); // [outputs][taps]
        int[] sums = new int[wanted.width() * 3];
        for (int y = 0; y < rows.outputs(); y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < rows.count(y); k++) {
                addWeighted(index(wanted.left(), rows.first(y) + k), weights[y * rows.taps() + k], sums);
            }
            for (int i = 0; i < sums.length; i++) {
                to.samples[y * sums.length + i] = round(sums[i]);
            }
        }
        return to;
    }

    private void addWeighted(int at, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (samples[at + i] & 0xff) * weight;
        }
    }

    private int index(int x, int y) {
        return ((y - region.top()) * region.width() + x - region.left()) * 3;
    }

    private static byte round(int sum) {
        return (byte) Math.clamp(sum >> FRACTION_BITS, 0, 255);
    }
}
