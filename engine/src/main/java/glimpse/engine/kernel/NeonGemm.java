package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.LINE_FLOATS;
import static glimpse.engine.kernel.Kernels.STREAM_STEPS;
import static glimpse.engine.kernel.Kernels.TILE;
import static glimpse.engine.kernel.VectorShape.LANES;
import static glimpse.engine.kernel.VectorShape.PANEL;
import static glimpse.engine.kernel.VectorShape.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel for 32 registers of 128 bits and panels of six vectors: 4 rows of a tile x 6 vectors are 24
 * accumulators, four broadcast weights and three vectors of the panel. Without the branch, C2 keeps two of them on the
 * stack on Arm; see {@link Avx2Gemm}.
 */
final class NeonGemm {
    private NeonGemm() {}

    /** Does what {@link Kernels#multiply} does, reading ahead between the kernels' calls as {@link Avx2Gemm} does. */
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
            int spacing,
            int pace) {
        int read = 0;
        if (lanes == PANEL) {
            int touched = pace * Math.ceilDiv(k, STREAM_STEPS) / 2;
            for (int row = 0; row < TILE; row += 4) {
                read += touch(ahead, ahead0 + row / 4 * touched, spacing, touched);
                rows4(k, a, a0 + row, b, b0, c, c0 + row * PANEL);
            }
            return read;
        }
        for (int lane = 0; lane < lanes; lane += 2 * LANES) {
            read += VectorGemm.rows8(k, a, a0, b, b0 + lane, c, c0 + lane, ahead, ahead0, spacing, pace);
        }
        return read;
    }

    /** Reads a number in each line of the cache that so many floats of each stream begin or go through. */
    private static int touch(float[] ahead, int begin, int spacing, int count) {
        int read = 0;
        for (int i = begin; i < begin + count; i += LINE_FLOATS) {
            read += Float.floatToRawIntBits(ahead[i]);
            read += Float.floatToRawIntBits(ahead[i + spacing]);
            read += Float.floatToRawIntBits(ahead[i + 2 * spacing]);
            read += Float.floatToRawIntBits(ahead[i + 3 * spacing]);
        }
        return read;
    }

    /** Computes 4 x P. {@code a} still has 8 rows per step; 4 are read. */
    static void rows4(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
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
        FloatVector z0 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL);
        FloatVector z1 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + LANES);
        FloatVector z2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + 2 * LANES);
        FloatVector z3 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + 3 * LANES);
        FloatVector z4 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + 4 * LANES);
        FloatVector z5 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + 5 * LANES);
        FloatVector v0 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL);
        FloatVector v1 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + LANES);
        FloatVector v2 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + 2 * LANES);
        FloatVector v3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + 3 * LANES);
        FloatVector v4 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + 4 * LANES);
        FloatVector v5 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + 5 * LANES);
        for (int q = begin; q < end; q += TILE) {
            int p = q * (PANEL / TILE) + shift;
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[q]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[q + 1]);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[q + 2]);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[q + 3]);
            FloatVector u0 = FloatVector.fromArray(SPECIES, b, p);
            x0 = w0.fma(u0, x0);
            y0 = w1.fma(u0, y0);
            z0 = w2.fma(u0, z0);
            v0 = w3.fma(u0, v0);
            FloatVector u1 = FloatVector.fromArray(SPECIES, b, p + LANES);
            x1 = w0.fma(u1, x1);
            y1 = w1.fma(u1, y1);
            z1 = w2.fma(u1, z1);
            v1 = w3.fma(u1, v1);
            FloatVector u2 = FloatVector.fromArray(SPECIES, b, p + 2 * LANES);
            x2 = w0.fma(u2, x2);
            y2 = w1.fma(u2, y2);
            z2 = w2.fma(u2, z2);
            v2 = w3.fma(u2, v2);
            if (q == last) {
                x0.intoArray(c, c0);
                y0.intoArray(c, c0 + PANEL);
                z0.intoArray(c, c0 + 2 * PANEL);
                v0.intoArray(c, c0 + 3 * PANEL);
                x1.intoArray(c, c0 + LANES);
                y1.intoArray(c, c0 + PANEL + LANES);
                z1.intoArray(c, c0 + 2 * PANEL + LANES);
                v1.intoArray(c, c0 + 3 * PANEL + LANES);
                x2.intoArray(c, c0 + 2 * LANES);
                y2.intoArray(c, c0 + PANEL + 2 * LANES);
                z2.intoArray(c, c0 + 2 * PANEL + 2 * LANES);
                v2.intoArray(c, c0 + 3 * PANEL + 2 * LANES);
            }
            FloatVector u3 = FloatVector.fromArray(SPECIES, b, p + 3 * LANES);
            x3 = w0.fma(u3, x3);
            y3 = w1.fma(u3, y3);
            z3 = w2.fma(u3, z3);
            v3 = w3.fma(u3, v3);
            FloatVector u4 = FloatVector.fromArray(SPECIES, b, p + 4 * LANES);
            x4 = w0.fma(u4, x4);
            y4 = w1.fma(u4, y4);
            z4 = w2.fma(u4, z4);
            v4 = w3.fma(u4, v4);
            FloatVector u5 = FloatVector.fromArray(SPECIES, b, p + 5 * LANES);
            x5 = w0.fma(u5, x5);
            y5 = w1.fma(u5, y5);
            z5 = w2.fma(u5, z5);
            v5 = w3.fma(u5, v5);
        }
        x3.intoArray(c, c0 + 3 * LANES);
        y3.intoArray(c, c0 + PANEL + 3 * LANES);
        z3.intoArray(c, c0 + 2 * PANEL + 3 * LANES);
        v3.intoArray(c, c0 + 3 * PANEL + 3 * LANES);
        x4.intoArray(c, c0 + 4 * LANES);
        y4.intoArray(c, c0 + PANEL + 4 * LANES);
        z4.intoArray(c, c0 + 2 * PANEL + 4 * LANES);
        v4.intoArray(c, c0 + 3 * PANEL + 4 * LANES);
        x5.intoArray(c, c0 + 5 * LANES);
        y5.intoArray(c, c0 + PANEL + 5 * LANES);
        z5.intoArray(c, c0 + 2 * PANEL + 5 * LANES);
        v5.intoArray(c, c0 + 3 * PANEL + 5 * LANES);
    }
}
