package glimpse.collab.codec;

import java.util.Arrays;

/**
 * The layout of patches in the one image that is encoded as JPEG. Patches made of whole MCUs (minimum coded units)
 * stand side by side: no MCU is spent on what isn't sent, and none holds pixels of two patches. Other patches keep
 * their places in the grid, cropped to the rows and columns in use: neighbours share MCUs, and pixels between patches
 * take the mean of their MCU. Immutable.
 *
 * @param geometry the patches, at least one
 * @param inPlace whether they keep their places in the grid
 * @param left the grid's column at the left edge, if in place
 * @param top the grid's row at the upper edge, if in place
 * @param columns patches along the width
 * @param rows patches along the height
 */
record JpegMosaic(PatchGeometry geometry, boolean inPlace, int left, int top, int columns, int rows) {
    static JpegMosaic of(PatchGeometry geometry, int mcuSide) {
        int patches = geometry.patches();
        if (geometry.patchSize() % mcuSide == 0) {
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

    /** Returns the width in pixels. */
    int width() {
        return columns * geometry.patchSize();
    }

    /** Returns the height in pixels. */
    int height() {
        return rows * geometry.patchSize();
    }

    long area() {
        return (long) width() * height();
    }

    /** Returns the number of MCUs that cover the image. */
    long mcus(int mcuSide) {
        return (long) ((width() + mcuSide - 1) / mcuSide) * ((height() + mcuSide - 1) / mcuSide);
    }

    /** Returns the index in the image, {@code [height][width]}, of a patch's first pixel. */
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
     * Lays out pixels as an image.
     *
     * @param pixels {@code [patches][patchSize][patchSize][channels]}
     * @return {@code [height][width][channels]}
     */
    byte[] image(byte[] pixels, int mcuSide) {
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
        fillBetween(image, filled, mcuSide);
        return image;
    }

    /**
     * Cuts the patches out of an image; the inverse of {@link #image}.
     *
     * @param image {@code [height][width][stride]}, of which the first channels count
     * @return {@code [patches][patchSize][patchSize][channels]}
     */
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

    private void fillBetween(byte[] image, boolean[] filled, int mcuSide) {
        int channels = geometry.channels();
        byte[] mean = new byte[channels];
        for (int top = 0; top < height(); top += mcuSide) {
            for (int left = 0; left < width(); left += mcuSide) {
                Mcu mcu = new Mcu(
                        left, top, Math.min(width(), left + mcuSide), Math.min(height(), top + mcuSide), width());
                mcu.updateMean(image, filled, mean);
                mcu.fill(image, filled, mean);
            }
        }
    }

    /** One MCU of the image. */
    private record Mcu(int left, int top, int right, int bottom, int width) {
        /** Computes the mean of the filled pixels; without any, the previous MCU's mean stays. */
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
