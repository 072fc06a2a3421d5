package glimpse.collab.codec.mosaic;

import java.util.Arrays;

/**
 * The two-dimensional orthonormal DCT-II of blocks of 4, 8 or 16 pixels a side, and its inverse, in integers.
 * Coefficients are in eighths of a pixel's unit. Not safe for use by several threads.
 */
final class Dct {
    private static final int LIMIT = 1 << 15;

    /** 8192 sqrt(2 / side) cos(k pi / 2 side), rounded, for k = 0 .. side - 1; k = 0 divided by sqrt(2). */
    private static final int[] OF_4 = {4096, 5352, 4096, 2217};

    private static final int[] OF_8 = {2896, 4017, 3784, 3406, 2896, 2276, 1567, 799};
    private static final int[] OF_16 = {
        2048, 2882, 2841, 2772, 2676, 2554, 2408, 2239, 2048, 1837, 1609, 1365, 1108, 841, 565, 284
    };

    private static final int[][] MATRIX_4 = matrix(OF_4);
    private static final int[][] MATRIX_8 = matrix(OF_8);
    private static final int[][] MATRIX_16 = matrix(OF_16);

    private final int[] even = new int[16 * 16];
    private final int[] odd = new int[16 * 16];
    private final int[] half = new int[16 * 16];
    private final int[] sums = new int[16];

    /** Returns {@code [frequency][place]}: cos((2 place + 1) frequency pi / 2 side). */
    private static int[][] matrix(int[] cosines) {
        int side = cosines.length;
        int[][] matrix = new int[side][side];
        for (int k = 0; k < side; k++) {
            for (int i = 0; i < side; i++) {
                int angle = (2 * i + 1) * k % (4 * side);
                if (angle > 2 * side) {
                    angle = 4 * side - angle;
                }
                int value = angle == side ? 0 : angle < side ? cosines[angle] : -cosines[2 * side - angle];
                matrix[k][i] = k == 0 ? cosines[0] : value;
            }
        }
        return matrix;
    }

    private static int[][] matrix(int side) {
        return side == 16 ? MATRIX_16 : side == 8 ? MATRIX_8 : MATRIX_4;
    }

    /**
     * Transforms.
     *
     * @param block {@code [side][side]}
     * @param coefficients receives {@code [kept][kept]}, the lowest frequencies, rows {@link Block#STRIDE} apart
     */
    void forward(int[] block, int side, int kept, int[] coefficients) {
        int[][] m = matrix(side);
        fold(block, side, side, side);
        for (int k = 0; k < kept; k++) {
            project(m[k], k, side, side, side, 1 << 7);
            for (int x = 0; x < side; x++) {
                half[x * 16 + k] = sums[x] >> 8; // [place across][frequency down]
            }
        }
        fold(half, 16, side, kept);
        for (int u = 0; u < kept; u++) {
            project(m[u], u, 16, side, kept, 1 << 14);
            for (int v = 0; v < kept; v++) {
                coefficients[v * Block.STRIDE + u] = sums[v] >> 15;
            }
        }
    }

    /** Adds rows to, and subtracts them from, those that mirror them: frequencies are even or odd functions of rows. */
    private void fold(int[] rows, int stride, int side, int length) {
        for (int y = 0; y < side / 2; y++) {
            int at = y * stride;
            int mirrored = (side - 1 - y) * stride;
            for (int x = 0; x < length; x++) {
                even[at + x] = rows[at + x] + rows[mirrored + x];
                odd[at + x] = rows[at + x] - rows[mirrored + x];
            }
        }
    }

    /** Computes one frequency of every column of the folded rows. */
    private void project(int[] row, int frequency, int stride, int side, int length, int rounding) {
        int[] folded = (frequency & 1) == 0 ? even : odd;
        Arrays.fill(sums, 0, length, rounding);
        for (int y = 0; y < side / 2; y++) {
            int factor = row[y];
            int at = y * stride;
            for (int x = 0; x < length; x++) {
                sums[x] += factor * folded[at + x];
            }
        }
    }

    /**
     * Transforms back.
     *
     * @param coefficients {@code [filled][filled]}, rows {@link Block#STRIDE} apart, all others being 0
     * @param block receives {@code [side][side]}
     */
    void inverse(int[] coefficients, int side, int filled, int[] block) {
        int[][] m = matrix(side);
        // first down the columns: half [u][y]
        for (int u = 0; u < filled; u++) {
            Arrays.fill(sums, 0, side, 1 << 12);
            for (int v = 0; v < filled; v++) {
                int c = Math.clamp(coefficients[v * Block.STRIDE + u], -LIMIT, LIMIT);
                if (c != 0) {
                    int[] row = m[v];
                    for (int y = 0; y < side; y++) {
                        sums[y] += c * row[y];
                    }
                }
            }
            for (int y = 0; y < side; y++) {
                half[u * 16 + y] = Math.clamp(sums[y] >> 13, -LIMIT, LIMIT);
            }
        }
        for (int y = 0; y < side; y++) {
            Arrays.fill(sums, 0, side, 1 << 15);
            for (int u = 0; u < filled; u++) {
                int c = half[u * 16 + y];
                int[] row = m[u];
                for (int x = 0; x < side; x++) {
                    sums[x] += c * row[x];
                }
            }
            for (int x = 0; x < side; x++) {
                block[y * side + x] = sums[x] >> 16;
            }
        }
    }

    /**
     * Transforms a block whose rows, or columns, are all the same: the coefficients that aren't 0.
     *
     * @param line {@code [side]}
     * @param coefficients receives {@code [side]} in eighths
     */
    static void line(int[] line, int side, float[] coefficients) {
        float scale = (float) (Math.sqrt(side) * 8 / 8192);
        int[][] m = matrix(side);
        for (int k = 0; k < side; k++) {
            int sum = 0;
            for (int i = 0; i < side; i++) {
                sum += m[k][i] * line[i];
            }
            coefficients[k] = sum * scale;
        }
    }
}
