package glimpse.collab.codec;

import java.util.Arrays;

/**
 * Where patches stand in the one image that is encoded. Patches that are made of whole units of JPEG stand side by side,
 * nothing between them: no unit is spent on what isn't sent, and none holds pixels of two patches. Others stay in their
 * places in the grid, reduced to the rows and columns in use: neighbours share units there, and the pixels between
 * repeat what their unit has on average. Immutable.
 *
 * @param geometry the patches, at least one
 * @param inPlace whether they stay in their places
 * @param left column of the grid at the left edge, if in place
 * @param top row of the grid at the upper edge, if in place
 * @param columns patches along the width
 * @param rows patches along the height
 */
record JpegMosaic(PatchGeometry geometry, boolean inPlace, int left, int top, int columns, int rows) {
    static JpegMosaic of(PatchGeometry geometry, int unitSide) {
        int patches = geometry.patches();
        if (geometry.patchSize() % unitSide == 0) {
            int columns = Math.min(patches, JpegWriter.MAX_SIDE / geometry.patchSize());
            return new JpegMosaic(geometry, false, 0, 0, columns, (patches + columns - 1) / columns);
        }
        int left = geometry.grid();
        int right = 0;
        for (int i = 0; i < patches; i++) {
            left = Math.min(left, geometry.position(i) % geometry.grid());
            right = Math.max(right, geometry.position(i) % geometry.grid());
        }
        int top = geometry.position(0) / geometry.grid();
        int bottom = geometry.position(patches - 1) / geometry.grid();
        return new JpegMosaic(geometry, true, left, top, right - left + 1, bottom - top + 1);
    }

    /** In pixels. */
    int width() {
        return columns * geometry.patchSize();
    }

    /** In pixels. */
    int height() {
        return rows * geometry.patchSize();
    }

    long area() {
        return (long) width() * height();
    }

    /** Squares of this side that cover the image. */
    long units(int unitSide) {
        return (long) ((width() + unitSide - 1) / unitSide) * ((height() + unitSide - 1) / unitSide);
    }

    /** The index in the image, {@code [height][width]}, of a patch's first pixel. */
    int start(int patch) {
        int position = geometry.position(patch);
        int column = inPlace ? position % geometry.grid() - left : patch % columns;
        int row = inPlace ? position / geometry.grid() - top : patch / columns;
        return (row * width() + column) * geometry.patchSize();
    }

    private int startOfRow(int patch, int y) {
        return start(patch) + y * width();
    }

    /**
     * The image of some pixels {@code [patches][patchSize][patchSize][channels]}.
     *
     * @return {@code [height][width][channels]}
     */
    byte[] image(byte[] pixels, int unitSide) {
        int channels = geometry.channels();
        int run = geometry.patchSize() * channels;
        byte[] image = new byte[Math.toIntExact(area() * channels)];
        boolean[] filled = new boolean[image.length / channels];
        for (int patch = 0; patch < geometry.patches(); patch++) {
            for (int y = 0; y < geometry.patchSize(); y++) {
                int to = startOfRow(patch, y);
                System.arraycopy(pixels, (patch * geometry.patchSize() + y) * run, image, to * channels, run);
                Arrays.fill(filled, to, to + geometry.patchSize(), true);
            }
        }
        fillBetween(image, filled, unitSide);
        return image;
    }

    /** The pixels of patches from an image's samples, of which each pixel has {@code stride}. */
    byte[] pixels(byte[] image, int stride) {
        int channels = geometry.channels();
        byte[] pixels = new byte[(int) geometry.pixelBytes()];
        int at = 0;
        for (int patch = 0; patch < geometry.patches(); patch++) {
            for (int y = 0; y < geometry.patchSize(); y++) {
                int from = startOfRow(patch, y) * stride;
                for (int x = 0; x < geometry.patchSize(); x++, from += stride) {
                    for (int c = 0; c < channels; c++) {
                        pixels[at++] = image[from + c];
                    }
                }
            }
        }
        return pixels;
    }

    private void fillBetween(byte[] image, boolean[] filled, int unitSide) {
        int channels = geometry.channels();
        byte[] mean = new byte[channels];
        for (int top = 0; top < height(); top += unitSide) {
            for (int left = 0; left < width(); left += unitSide) {
                Unit unit = new Unit(
                        left, top, Math.min(width(), left + unitSide), Math.min(height(), top + unitSide), width());
                unit.updateMean(image, filled, mean);
                unit.fill(image, filled, mean);
            }
        }
    }

    /** A unit of the image. */
    private record Unit(int left, int top, int right, int bottom, int width) {
        /** The mean of the filled pixels; where there are none, it stays what it was in the unit before. */
        void updateMean(byte[] image, boolean[] filled, byte[] mean) {
            int[] sums = new int[mean.length];
            int count = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    int i = y * width + x;
                    if (filled[i]) {
                        count++;
                        for (int c = 0; c < sums.length; c++) {
                            sums[c] += image[i * sums.length + c] & 0xff;
                        }
                    }
                }
            }
            for (int c = 0; c < sums.length && count > 0; c++) {
                mean[c] = (byte) ((sums[c] + count / 2) / count);
            }
        }

        void fill(byte[] image, boolean[] filled, byte[] mean) {
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    int i = y * width + x;
                    if (!filled[i]) {
                        System.arraycopy(mean, 0, image, i * mean.length, mean.length);
                    }
                }
            }
        }
    }
}
