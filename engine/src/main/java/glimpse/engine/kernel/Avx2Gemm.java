package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.LINE_FLOATS;
import static glimpse.engine.kernel.Kernels.STREAM_STEPS;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TILE;
import static glimpse.engine.kernel.VectorShape.LANES;
import static glimpse.engine.kernel.VectorShape.PANEL;
import static glimpse.engine.kernel.VectorShape.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels for 16 registers and panels of six vectors: 2 rows of a tile x 6 vectors are 12 accumulators, two
 * broadcast weights and two vectors of the panel.
 *
 * <p>The compiler moves loads up past multiply-adds until more values are alive than there are registers, and keeps one
 * accumulator on the stack: its chain then takes 13 cycles a step instead of 4. No load moves above a branch behind
 * which memory may have changed, so each pair of columns ends with one, taken in the last step alone, that stores what
 * is finished. Two equal tests in a row would be merged, hence the exchanged operands.
 */
final class Avx2Gemm {
    /** The tokens of {@link #tail6}. */
    static final int TAIL_TOKENS = 6;

    private Avx2Gemm() {}

    /**
     * Does what {@link Kernels#multiply} does. Numbers are read ahead between the kernels' calls, since in their loops
     * it would take 7 to 10 % of a call. One stream of them: with four, a pass takes up to 3 % longer.
     */
    static int multiply(
            int lanes,
            int k,
            float[] a,
            int a0,
            float[] b,
            int b0,
            float[] c,
            int c0,
            float[] ahead,
            int ahead0,
            int pace) {
        int read = 0;
        int step = lanes > 3 * LANES ? 2 : 4;
        int calls = TILE / step;
        int touched = pace * Math.ceilDiv(k, STREAM_STEPS) / calls;
        for (int row = 0; row < TILE; row += step) {
            read += touch(ahead, ahead0 + row / step * touched, touched);
            int from = a0 + row;
            int to = c0 + row * PANEL;
            switch (lanes / LANES) {
                case 6 -> rows2(k, a, from, b, b0, c, to);
                case 5 -> Avx2PartialGemm.rows2Vectors5(k, a, from, b, b0, c, to);
                case 4 -> Avx2PartialGemm.rows2Vectors4(k, a, from, b, b0, c, to);
                case 3 -> Avx2PartialGemm.rows4Vectors3(k, a, from, b, b0, c, to);
                default -> Avx2PartialGemm.rows4Vectors2(k, a, from, b, b0, c, to);
            }
        }
        return read;
    }

    /** Reads a number in each line of the cache, and returns a value that depends on all. */
    private static int touch(float[] ahead, int begin, int count) {
        int read = 0;
        for (int i = begin; i < begin + count; i += LINE_FLOATS) {
            read += Float.floatToRawIntBits(ahead[i]);
        }
        return read;
    }

    static boolean isTail(int tokens) {
        return tokens <= 3 * TAIL_TOKENS;
    }

    static void multiplyTail(int tiles, int k, float[] a, int a0, int stride, float[] b, int b0, float[] c, int c0) {
        tail6(k, a, a0, tiles > 1 ? a0 + stride : a0, b, b0, c, c0);
        if (tiles > 2) {
            int a2 = a0 + 2 * stride;
            tail6(k, a, a2, tiles > 3 ? a2 + stride : a2, b, b0, c, c0 + 2 * TILE);
        }
    }

    /** Computes 2 x P. {@code a} still has 8 rows per step; 2 are read. */
    static void rows2(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int last = end - TILE;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * LANES);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, c0 + 5 * LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
        FloatVector y1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 2 * LANES);
        FloatVector y3 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 3 * LANES);
        FloatVector y4 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 4 * LANES);
        FloatVector y5 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 5 * LANES);
        for (int q = begin; q < end; q += TILE) {
            int p = q * (PANEL / TILE) + shift;
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[q]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[q + 1]);
            FloatVector u0 = FloatVector.fromArray(SPECIES, b, p);
            x0 = w0.fma(u0, x0);
            y0 = w1.fma(u0, y0);
            FloatVector u1 = FloatVector.fromArray(SPECIES, b, p + LANES);
            x1 = w0.fma(u1, x1);
            y1 = w1.fma(u1, y1);
            if (q == last) {
                x0.intoArray(c, c0);
                y0.intoArray(c, c0 + PANEL);
                x1.intoArray(c, c0 + LANES);
                y1.intoArray(c, c0 + PANEL + LANES);
            }
            FloatVector u2 = FloatVector.fromArray(SPECIES, b, p + 2 * LANES);
            x2 = w0.fma(u2, x2);
            y2 = w1.fma(u2, y2);
            FloatVector u3 = FloatVector.fromArray(SPECIES, b, p + 3 * LANES);
            x3 = w0.fma(u3, x3);
            y3 = w1.fma(u3, y3);
            if (last == q) {
                x2.intoArray(c, c0 + 2 * LANES);
                y2.intoArray(c, c0 + PANEL + 2 * LANES);
                x3.intoArray(c, c0 + 3 * LANES);
                y3.intoArray(c, c0 + PANEL + 3 * LANES);
            }
            FloatVector u4 = FloatVector.fromArray(SPECIES, b, p + 4 * LANES);
            x4 = w0.fma(u4, x4);
            y4 = w1.fma(u4, y4);
            FloatVector u5 = FloatVector.fromArray(SPECIES, b, p + 5 * LANES);
            x5 = w0.fma(u5, x5);
            y5 = w1.fma(u5, y5);
        }
        x4.intoArray(c, c0 + 4 * LANES);
        y4.intoArray(c, c0 + PANEL + 4 * LANES);
        x5.intoArray(c, c0 + 5 * LANES);
        y5.intoArray(c, c0 + PANEL + 5 * LANES);
    }

    /** Computes 6 tokens x 16 features with the roles exchanged: tokens are rows, and each of two tiles is a vector. */
    static void tail6(int k, float[] a, int a0, int a1, float[] b, int b0, float[] c, int c0) {
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int next = a1 - begin;
        int end = begin + k * TILE;
        int last = end - TILE;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + TILE);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + TAIL_FEATURES);
        FloatVector y1 = FloatVector.fromArray(SPECIES, c, c0 + TAIL_FEATURES + TILE);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * TAIL_FEATURES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * TAIL_FEATURES + TILE);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * TAIL_FEATURES);
        FloatVector y3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * TAIL_FEATURES + TILE);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * TAIL_FEATURES);
        FloatVector y4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * TAIL_FEATURES + TILE);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, c0 + 5 * TAIL_FEATURES);
        FloatVector y5 = FloatVector.fromArray(SPECIES, c, c0 + 5 * TAIL_FEATURES + TILE);
        for (int q = begin; q < end; q += TILE) {
            int p = q * (PANEL / TILE) + shift;
            FloatVector u = FloatVector.fromArray(SPECIES, a, q);
            FloatVector v = FloatVector.fromArray(SPECIES, a, q + next);
            FloatVector w0 = FloatVector.broadcast(SPECIES, b[p]);
            x0 = w0.fma(u, x0);
            y0 = w0.fma(v, y0);
            FloatVector w1 = FloatVector.broadcast(SPECIES, b[p + 1]);
            x1 = w1.fma(u, x1);
            y1 = w1.fma(v, y1);
            if (q == last) {
                x0.intoArray(c, c0);
                y0.intoArray(c, c0 + TILE);
                x1.intoArray(c, c0 + TAIL_FEATURES);
                y1.intoArray(c, c0 + TAIL_FEATURES + TILE);
            }
            FloatVector w2 = FloatVector.broadcast(SPECIES, b[p + 2]);
            x2 = w2.fma(u, x2);
            y2 = w2.fma(v, y2);
            FloatVector w3 = FloatVector.broadcast(SPECIES, b[p + 3]);
            x3 = w3.fma(u, x3);
            y3 = w3.fma(v, y3);
            if (last == q) {
                x2.intoArray(c, c0 + 2 * TAIL_FEATURES);
                y2.intoArray(c, c0 + 2 * TAIL_FEATURES + TILE);
                x3.intoArray(c, c0 + 3 * TAIL_FEATURES);
                y3.intoArray(c, c0 + 3 * TAIL_FEATURES + TILE);
            }
            FloatVector w4 = FloatVector.broadcast(SPECIES, b[p + 4]);
            x4 = w4.fma(u, x4);
            y4 = w4.fma(v, y4);
            FloatVector w5 = FloatVector.broadcast(SPECIES, b[p + 5]);
            x5 = w5.fma(u, x5);
            y5 = w5.fma(v, y5);
        }
        x4.intoArray(c, c0 + 4 * TAIL_FEATURES);
        y4.intoArray(c, c0 + 4 * TAIL_FEATURES + TILE);
        x5.intoArray(c, c0 + 5 * TAIL_FEATURES);
        y5.intoArray(c, c0 + 5 * TAIL_FEATURES + TILE);
    }
}
