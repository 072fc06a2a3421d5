package glimpse.engine.image.jpeg;

import java.util.Arrays;

/**
 * The inverse cosine transform in integers: the algorithm of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) with
 * constants of 13 fractional bits and 2 extra bits between the passes, as in libjpeg's accurate integer method. Where
 * damaged data overflow, 16-bit numbers wrap or saturate as in libjpeg-turbo's vector code for x86. Not thread-safe.
 */
final class JpegTransform {
    private static final int CONSTANT_BITS = 13;
    private static final int EXTRA_BITS = 2;
    private static final int COLUMN_SHIFT = CONSTANT_BITS - EXTRA_BITS;
    private static final int ROW_SHIFT = CONSTANT_BITS + EXTRA_BITS + 3;

    private static final int RANGE = 1 << (Short.SIZE - 1);

    // round(x * 2^13)
    private static final int C_0_298 = 2446;
    private static final int C_0_390 = 3196;
    private static final int C_0_541 = 4433;
    private static final int C_0_765 = 6270;
    private static final int C_0_899 = 7373;
    private static final int C_1_175 = 9633;
    private static final int C_1_501 = 12299;
    private static final int C_1_847 = 15137;
    private static final int C_1_961 = 16069;
    private static final int C_2_053 = 16819;
    private static final int C_2_562 = 20995;
    private static final int C_3_072 = 25172;

    private final int[] columns = new int[JpegFrame.BLOCK_SIZE]; // [row][column], after the first pass

    /**
     * Transforms a block.
     *
     * @param coefficients {@code [8][8]}, from index {@code block}
     * @param quantisation {@code [8][8]}, the step size of each coefficient
     * @param samples receives {@code [8][8]} from index {@code at}, with rows {@code stride} apart
     */
    void inverse(short[] coefficients, int block, short[] quantisation, byte[] samples, int at, int stride) {
        if (!columns(coefficients, block, quantisation)) {
            columnsOfRow(coefficients, block, quantisation);
        }
        rows(samples, at, stride);
    }

    /** Transforms a block without AC coefficients. */
    static void inverseDc(int coefficient, short[] quantisation, byte[] samples, int at, int stride) {
        int scaled = (short) ((short) (coefficient * quantisation[0]) << EXTRA_BITS);
        byte sample = flat(scaled);
        for (int y = 0; y < JpegFrame.BLOCK; y++) {
            Arrays.fill(samples, at + y * stride, at + y * stride + JpegFrame.BLOCK, sample);
        }
    }

    /**
     * Transforms the columns of a block whose other rows are zero: there the vector code wraps instead of saturating.
     */
    private void columnsOfRow(short[] from, int at, short[] quantisation) {
        for (int i = 0; i < JpegFrame.BLOCK_SIZE; i++) {
            int x = i % JpegFrame.BLOCK;
            columns[i] = (short) ((from[at + x] * quantisation[x]) << EXTRA_BITS);
        }
    }

    /** Transforms the columns and returns whether any row but the first has a nonzero coefficient. */
    private boolean columns(short[] from, int block, short[] quantisation) {
        int half = 1 << (COLUMN_SHIFT - 1);
        int[] to = columns;
        int used = 0;
        for (int x = 0; x < JpegFrame.BLOCK; x++) {
            int at = block + x;
            int in0 = (short) (from[at] * quantisation[x]);
            int ac = from[at + 8]
                    | from[at + 16]
                    | from[at + 24]
                    | from[at + 32]
                    | from[at + 40]
                    | from[at + 48]
                    | from[at + 56];
            if (ac == 0) {
                int value = saturated(in0 << EXTRA_BITS);
                to[x] = value;
                to[x + 8] = value;
                to[x + 16] = value;
                to[x + 24] = value;
                to[x + 32] = value;
                to[x + 40] = value;
                to[x + 48] = value;
                to[x + 56] = value;
                continue;
            }
            used |= ac;
            int in1 = (short) (from[at + 8] * quantisation[x + 8]);
            int in2 = (short) (from[at + 16] * quantisation[x + 16]);
            int in3 = (short) (from[at + 24] * quantisation[x + 24]);
            int in4 = (short) (from[at + 32] * quantisation[x + 32]);
            int in5 = (short) (from[at + 40] * quantisation[x + 40]);
            int in6 = (short) (from[at + 48] * quantisation[x + 48]);
            int in7 = (short) (from[at + 56] * quantisation[x + 56]);

            int sum = (short) (in0 + in4) << CONSTANT_BITS;
            int difference = (short) (in0 - in4) << CONSTANT_BITS;
            int turned = in2 * (C_0_541 + C_0_765) + in6 * C_0_541;
            int turnedBack = in2 * C_0_541 + in6 * (C_0_541 - C_1_847);
            int even0 = sum + turned + half;
            int even3 = sum - turned + half;
            int even1 = difference + turnedBack + half;
            int even2 = difference - turnedBack + half;

            int sum73 = (short) (in7 + in3);
            int sum51 = (short) (in5 + in1);
            int odd73 = sum73 * (C_1_175 - C_1_961) + sum51 * C_1_175;
            int odd51 = sum73 * C_1_175 + sum51 * (C_1_175 - C_0_390);
            int odd3 = in7 * (C_0_298 - C_0_899) - in1 * C_0_899 + odd73;
            int odd2 = in5 * (C_2_053 - C_2_562) - in3 * C_2_562 + odd51;
            int odd1 = in3 * (C_3_072 - C_2_562) - in5 * C_2_562 + odd73;
            int odd0 = in1 * (C_1_501 - C_0_899) - in7 * C_0_899 + odd51;

            int out0 = (even0 + odd0) >> COLUMN_SHIFT;
            int out1 = (even1 + odd1) >> COLUMN_SHIFT;
            int out2 = (even2 + odd2) >> COLUMN_SHIFT;
            int out3 = (even3 + odd3) >> COLUMN_SHIFT;
            int out4 = (even3 - odd3) >> COLUMN_SHIFT;
            int out5 = (even2 - odd2) >> COLUMN_SHIFT;
            int out6 = (even1 - odd1) >> COLUMN_SHIFT;
            int out7 = (even0 - odd0) >> COLUMN_SHIFT;
            int range = (out0 + RANGE)
                    | (out1 + RANGE)
                    | (out2 + RANGE)
                    | (out3 + RANGE)
                    | (out4 + RANGE)
                    | (out5 + RANGE)
                    | (out6 + RANGE)
                    | (out7 + RANGE);
            if (range >>> Short.SIZE == 0) {
                to[x] = out0;
                to[x + 8] = out1;
                to[x + 16] = out2;
                to[x + 24] = out3;
                to[x + 32] = out4;
                to[x + 40] = out5;
                to[x + 48] = out6;
                to[x + 56] = out7;
            } else {
                to[x] = saturated(out0);
                to[x + 8] = saturated(out1);
                to[x + 16] = saturated(out2);
                to[x + 24] = saturated(out3);
                to[x + 32] = saturated(out4);
                to[x + 40] = saturated(out5);
                to[x + 48] = saturated(out6);
                to[x + 56] = saturated(out7);
            }
        }
        return used != 0;
    }

    private void rows(byte[] samples, int first, int stride) {
        int half = 1 << (ROW_SHIFT - 1);
        int[] from = columns;
        int at = first;
        for (int y = 0; y < JpegFrame.BLOCK_SIZE; y += JpegFrame.BLOCK) {
            int in0 = from[y];
            int in1 = from[y + 1];
            int in2 = from[y + 2];
            int in3 = from[y + 3];
            int in4 = from[y + 4];
            int in5 = from[y + 5];
            int in6 = from[y + 6];
            int in7 = from[y + 7];
            if ((in1 | in2 | in3 | in4 | in5 | in6 | in7) == 0) {
                byte sample = flat(in0);
                for (int x = 0; x < JpegFrame.BLOCK; x++) {
                    samples[at + x] = sample;
                }
                at += stride;
                continue;
            }

            int sum = (short) (in0 + in4) << CONSTANT_BITS;
            int difference = (short) (in0 - in4) << CONSTANT_BITS;
            int turned = in2 * (C_0_541 + C_0_765) + in6 * C_0_541;
            int turnedBack = in2 * C_0_541 + in6 * (C_0_541 - C_1_847);
            int even0 = sum + turned + half;
            int even3 = sum - turned + half;
            int even1 = difference + turnedBack + half;
            int even2 = difference - turnedBack + half;

            int sum73 = (short) (in7 + in3);
            int sum51 = (short) (in5 + in1);
            int odd73 = sum73 * (C_1_175 - C_1_961) + sum51 * C_1_175;
            int odd51 = sum73 * C_1_175 + sum51 * (C_1_175 - C_0_390);
            int odd3 = in7 * (C_0_298 - C_0_899) - in1 * C_0_899 + odd73;
            int odd2 = in5 * (C_2_053 - C_2_562) - in3 * C_2_562 + odd51;
            int odd1 = in3 * (C_3_072 - C_2_562) - in5 * C_2_562 + odd73;
            int odd0 = in1 * (C_1_501 - C_0_899) - in7 * C_0_899 + odd51;

            samples[at] = sample((even0 + odd0) >> ROW_SHIFT);
            samples[at + 1] = sample((even1 + odd1) >> ROW_SHIFT);
            samples[at + 2] = sample((even2 + odd2) >> ROW_SHIFT);
            samples[at + 3] = sample((even3 + odd3) >> ROW_SHIFT);
            samples[at + 4] = sample((even3 - odd3) >> ROW_SHIFT);
            samples[at + 5] = sample((even2 - odd2) >> ROW_SHIFT);
            samples[at + 6] = sample((even1 - odd1) >> ROW_SHIFT);
            samples[at + 7] = sample((even0 - odd0) >> ROW_SHIFT);
            at += stride;
        }
    }

    /** Returns the sample that fills a row whose other coefficients are zero. */
    private static byte flat(int value) {
        return sample((value + (1 << (EXTRA_BITS + 2))) >> (EXTRA_BITS + 3));
    }

    private static int saturated(int value) {
        return Math.min(Math.max(value, Short.MIN_VALUE), Short.MAX_VALUE);
    }

    private static byte sample(int value) {
        int sample = value + 128;
        if ((sample & ~0xff) != 0) {
            return (byte) (sample < 0 ? 0 : 255);
        }
        return (byte) sample;
    }
}
