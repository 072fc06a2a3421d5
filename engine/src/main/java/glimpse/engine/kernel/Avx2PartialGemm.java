package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.TILE;
import static glimpse.engine.kernel.VectorShape.LANES;
import static glimpse.engine.kernel.VectorShape.PANEL;
import static glimpse.engine.kernel.VectorShape.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The micro-kernels of {@link Avx2Gemm} for panels that aren't full. */
final class Avx2PartialGemm {
    private Avx2PartialGemm() {}

    /** Computes 2 x 5 vectors. */
    static void rows2Vectors5(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int last = end - TILE;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
        FloatVector y1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 2 * LANES);
        FloatVector y3 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 3 * LANES);
        FloatVector y4 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 4 * LANES);
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
        }
        x4.intoArray(c, c0 + 4 * LANES);
        y4.intoArray(c, c0 + PANEL + 4 * LANES);
    }

    /** Computes 2 x 4 vectors. */
    static void rows2Vectors4(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int last = end - TILE;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
        FloatVector y1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 2 * LANES);
        FloatVector y3 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 3 * LANES);
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
        }
        x2.intoArray(c, c0 + 2 * LANES);
        y2.intoArray(c, c0 + PANEL + 2 * LANES);
        x3.intoArray(c, c0 + 3 * LANES);
        y3.intoArray(c, c0 + PANEL + 3 * LANES);
    }

    /** Computes 4 x 3 vectors. */
    static void rows4Vectors3(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int last = end - TILE;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
        FloatVector y1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + 2 * LANES);
        FloatVector z0 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL);
        FloatVector z1 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + LANES);
        FloatVector z2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + 2 * LANES);
        FloatVector v0 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL);
        FloatVector v1 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + LANES);
        FloatVector v2 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + 2 * LANES);
        for (int q = begin; q < end; q += TILE) {
            int p = q * (PANEL / TILE) + shift;
            FloatVector u0 = FloatVector.fromArray(SPECIES, b, p);
            FloatVector u1 = FloatVector.fromArray(SPECIES, b, p + LANES);
            FloatVector u2 = FloatVector.fromArray(SPECIES, b, p + 2 * LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[q]);
            x0 = w0.fma(u0, x0);
            x1 = w0.fma(u1, x1);
            x2 = w0.fma(u2, x2);
            if (q == last) {
                x0.intoArray(c, c0);
                x1.intoArray(c, c0 + LANES);
                x2.intoArray(c, c0 + 2 * LANES);
            }
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[q + 1]);
            y0 = w1.fma(u0, y0);
            y1 = w1.fma(u1, y1);
            y2 = w1.fma(u2, y2);
            if (last == q) {
                y0.intoArray(c, c0 + PANEL);
                y1.intoArray(c, c0 + PANEL + LANES);
                y2.intoArray(c, c0 + PANEL + 2 * LANES);
            }
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[q + 2]);
            z0 = w2.fma(u0, z0);
            z1 = w2.fma(u1, z1);
            z2 = w2.fma(u2, z2);
            if (q == last) {
                z0.intoArray(c, c0 + 2 * PANEL);
                z1.intoArray(c, c0 + 2 * PANEL + LANES);
                z2.intoArray(c, c0 + 2 * PANEL + 2 * LANES);
            }
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[q + 3]);
            v0 = w3.fma(u0, v0);
            v1 = w3.fma(u1, v1);
            v2 = w3.fma(u2, v2);
        }
        v0.intoArray(c, c0 + 3 * PANEL);
        v1.intoArray(c, c0 + 3 * PANEL + LANES);
        v2.intoArray(c, c0 + 3 * PANEL + 2 * LANES);
    }

    /** Computes 4 x 2 vectors. */
    static void rows4Vectors2(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int last = end - TILE;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
        FloatVector y1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
        FloatVector z0 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL);
        FloatVector z1 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + LANES);
        FloatVector v0 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL);
        FloatVector v1 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + LANES);
        for (int q = begin; q < end; q += TILE) {
            int p = q * (PANEL / TILE) + shift;
            FloatVector u0 = FloatVector.fromArray(SPECIES, b, p);
            FloatVector u1 = FloatVector.fromArray(SPECIES, b, p + LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[q]);
            x0 = w0.fma(u0, x0);
            x1 = w0.fma(u1, x1);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[q + 1]);
            y0 = w1.fma(u0, y0);
            y1 = w1.fma(u1, y1);
            if (q == last) {
                x0.intoArray(c, c0);
                x1.intoArray(c, c0 + LANES);
                y0.intoArray(c, c0 + PANEL);
                y1.intoArray(c, c0 + PANEL + LANES);
            }
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[q + 2]);
            z0 = w2.fma(u0, z0);
            z1 = w2.fma(u1, z1);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[q + 3]);
            v0 = w3.fma(u0, v0);
            v1 = w3.fma(u1, v1);
        }
        z0.intoArray(c, c0 + 2 * PANEL);
        z1.intoArray(c, c0 + 2 * PANEL + LANES);
        v0.intoArray(c, c0 + 3 * PANEL);
        v1.intoArray(c, c0 + 3 * PANEL + LANES);
    }
}
