package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.STREAM_STEPS;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TILE;
import static glimpse.engine.kernel.VectorShape.LANES;
import static glimpse.engine.kernel.VectorShape.PANEL;
import static glimpse.engine.kernel.VectorShape.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels: a block of the result stays in registers while k runs. Unrolled by hand, because a vector in an
 * array or a field would be boxed. The loops keep few integers alive (one index for both operands, constant strides):
 * with more, the compiler spills one into a vector register and every step waits for it; and on some processors integer
 * operations take turns with multiply-adds.
 *
 * <p>Some steps also load the numbers that are read ahead, and add them as bits, since a float addition would occupy an
 * FMA unit. The streams have a load instruction each, as hardware prefetchers tell streams apart by it, and touch new
 * lines at the same step, so that their misses overlap. Their branch has another use: see {@link Avx2Gemm}.
 */
final class VectorGemm {
    private static final VectorSpecies<Float> SIXTEEN = FloatVector.SPECIES_512;
    private static final VectorMask<Float> SECOND_HALF = VectorMask.fromLong(SIXTEEN, 0xff00);

    /** Streams that are read ahead: a load instruction for each. */
    static final int STREAMS = 4;

    private static final int STREAM_MASK = STREAM_STEPS * TILE - 1; // of an index in a tile

    private VectorGemm() {}

    /** Computes 8 x P: 16 accumulators, for 32 registers. */
    static int rows8(
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
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
        FloatVector y1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL);
        FloatVector y2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + LANES);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL);
        FloatVector y3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + LANES);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * PANEL);
        FloatVector y4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * PANEL + LANES);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, c0 + 5 * PANEL);
        FloatVector y5 = FloatVector.fromArray(SPECIES, c, c0 + 5 * PANEL + LANES);
        FloatVector x6 = FloatVector.fromArray(SPECIES, c, c0 + 6 * PANEL);
        FloatVector y6 = FloatVector.fromArray(SPECIES, c, c0 + 6 * PANEL + LANES);
        FloatVector x7 = FloatVector.fromArray(SPECIES, c, c0 + 7 * PANEL);
        FloatVector y7 = FloatVector.fromArray(SPECIES, c, c0 + 7 * PANEL + LANES);
        int begin = a0 & Integer.MAX_VALUE; // saves a sign extension
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int phase = begin & STREAM_MASK;
        int stream = ahead0;
        for (int q = begin; q < end; q += TILE) {
            if ((q & STREAM_MASK) == phase) {
                read += Float.floatToRawIntBits(ahead[stream]);
                read += Float.floatToRawIntBits(ahead[stream + spacing]);
                read += Float.floatToRawIntBits(ahead[stream + 2 * spacing]);
                read += Float.floatToRawIntBits(ahead[stream + 3 * spacing]);
                stream += pace;
            }
            int p = q * (PANEL / TILE) + shift;
            FloatVector u = FloatVector.fromArray(SPECIES, b, p);
            FloatVector v = FloatVector.fromArray(SPECIES, b, p + LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[q]);
            x0 = w0.fma(u, x0);
            y0 = w0.fma(v, y0);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[q + 1]);
            x1 = w1.fma(u, x1);
            y1 = w1.fma(v, y1);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[q + 2]);
            x2 = w2.fma(u, x2);
            y2 = w2.fma(v, y2);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[q + 3]);
            x3 = w3.fma(u, x3);
            y3 = w3.fma(v, y3);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[q + 4]);
            x4 = w4.fma(u, x4);
            y4 = w4.fma(v, y4);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[q + 5]);
            x5 = w5.fma(u, x5);
            y5 = w5.fma(v, y5);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[q + 6]);
            x6 = w6.fma(u, x6);
            y6 = w6.fma(v, y6);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[q + 7]);
            x7 = w7.fma(u, x7);
            y7 = w7.fma(v, y7);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + LANES);
        x1.intoArray(c, c0 + PANEL);
        y1.intoArray(c, c0 + PANEL + LANES);
        x2.intoArray(c, c0 + 2 * PANEL);
        y2.intoArray(c, c0 + 2 * PANEL + LANES);
        x3.intoArray(c, c0 + 3 * PANEL);
        y3.intoArray(c, c0 + 3 * PANEL + LANES);
        x4.intoArray(c, c0 + 4 * PANEL);
        y4.intoArray(c, c0 + 4 * PANEL + LANES);
        x5.intoArray(c, c0 + 5 * PANEL);
        y5.intoArray(c, c0 + 5 * PANEL + LANES);
        x6.intoArray(c, c0 + 6 * PANEL);
        y6.intoArray(c, c0 + 6 * PANEL + LANES);
        x7.intoArray(c, c0 + 7 * PANEL);
        y7.intoArray(c, c0 + 7 * PANEL + LANES);
        return read;
    }

    /** Computes 8 x P/2. */
    static int rows8Half(
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
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * PANEL);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, c0 + 5 * PANEL);
        FloatVector x6 = FloatVector.fromArray(SPECIES, c, c0 + 6 * PANEL);
        FloatVector x7 = FloatVector.fromArray(SPECIES, c, c0 + 7 * PANEL);
        int begin = a0 & Integer.MAX_VALUE; // saves a sign extension
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int phase = begin & STREAM_MASK;
        int stream = ahead0;
        for (int q = begin; q < end; q += TILE) {
            if ((q & STREAM_MASK) == phase) {
                read += Float.floatToRawIntBits(ahead[stream]);
                read += Float.floatToRawIntBits(ahead[stream + spacing]);
                read += Float.floatToRawIntBits(ahead[stream + 2 * spacing]);
                read += Float.floatToRawIntBits(ahead[stream + 3 * spacing]);
                stream += pace;
            }
            int p = q * (PANEL / TILE) + shift;
            FloatVector u = FloatVector.fromArray(SPECIES, b, p);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[q]);
            x0 = w0.fma(u, x0);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[q + 1]);
            x1 = w1.fma(u, x1);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[q + 2]);
            x2 = w2.fma(u, x2);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[q + 3]);
            x3 = w3.fma(u, x3);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[q + 4]);
            x4 = w4.fma(u, x4);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[q + 5]);
            x5 = w5.fma(u, x5);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[q + 6]);
            x6 = w6.fma(u, x6);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[q + 7]);
            x7 = w7.fma(u, x7);
        }
        x0.intoArray(c, c0);
        x1.intoArray(c, c0 + PANEL);
        x2.intoArray(c, c0 + 2 * PANEL);
        x3.intoArray(c, c0 + 3 * PANEL);
        x4.intoArray(c, c0 + 4 * PANEL);
        x5.intoArray(c, c0 + 5 * PANEL);
        x6.intoArray(c, c0 + 6 * PANEL);
        x7.intoArray(c, c0 + 7 * PANEL);
        return read;
    }

    /**
     * Computes 6 tokens x 32 features with the roles exchanged: tokens are rows, and two tiles form one vector, blended
     * from two loads that each hold one of them.
     */
    static void tail6(int k, float[] a, int a0, int a1, int a2, int a3, float[] b, int b0, float[] c, int c0) {
        FloatVector x0 = FloatVector.fromArray(SIXTEEN, c, c0);
        FloatVector y0 = FloatVector.fromArray(SIXTEEN, c, c0 + 2 * TILE);
        FloatVector x1 = FloatVector.fromArray(SIXTEEN, c, c0 + TAIL_FEATURES);
        FloatVector y1 = FloatVector.fromArray(SIXTEEN, c, c0 + TAIL_FEATURES + 2 * TILE);
        FloatVector x2 = FloatVector.fromArray(SIXTEEN, c, c0 + 2 * TAIL_FEATURES);
        FloatVector y2 = FloatVector.fromArray(SIXTEEN, c, c0 + 2 * TAIL_FEATURES + 2 * TILE);
        FloatVector x3 = FloatVector.fromArray(SIXTEEN, c, c0 + 3 * TAIL_FEATURES);
        FloatVector y3 = FloatVector.fromArray(SIXTEEN, c, c0 + 3 * TAIL_FEATURES + 2 * TILE);
        FloatVector x4 = FloatVector.fromArray(SIXTEEN, c, c0 + 4 * TAIL_FEATURES);
        FloatVector y4 = FloatVector.fromArray(SIXTEEN, c, c0 + 4 * TAIL_FEATURES + 2 * TILE);
        FloatVector x5 = FloatVector.fromArray(SIXTEEN, c, c0 + 5 * TAIL_FEATURES);
        FloatVector y5 = FloatVector.fromArray(SIXTEEN, c, c0 + 5 * TAIL_FEATURES + 2 * TILE);
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int toSecond = a1 - TILE - begin;
        int toThird = a2 - begin;
        int toFourth = a3 - TILE - begin;
        for (int q = begin; q < end; q += TILE) {
            int p = q * (PANEL / TILE) + shift;
            FloatVector low = FloatVector.fromArray(SIXTEEN, a, q);
            FloatVector second = FloatVector.fromArray(SIXTEEN, a, q + toSecond);
            FloatVector u = low.blend(second, SECOND_HALF);
            FloatVector high = FloatVector.fromArray(SIXTEEN, a, q + toThird);
            FloatVector fourth = FloatVector.fromArray(SIXTEEN, a, q + toFourth);
            FloatVector v = high.blend(fourth, SECOND_HALF);
            FloatVector w0 = FloatVector.broadcast(SIXTEEN, b[p]);
            x0 = w0.fma(u, x0);
            y0 = w0.fma(v, y0);
            FloatVector w1 = FloatVector.broadcast(SIXTEEN, b[p + 1]);
            x1 = w1.fma(u, x1);
            y1 = w1.fma(v, y1);
            FloatVector w2 = FloatVector.broadcast(SIXTEEN, b[p + 2]);
            x2 = w2.fma(u, x2);
            y2 = w2.fma(v, y2);
            FloatVector w3 = FloatVector.broadcast(SIXTEEN, b[p + 3]);
            x3 = w3.fma(u, x3);
            y3 = w3.fma(v, y3);
            FloatVector w4 = FloatVector.broadcast(SIXTEEN, b[p + 4]);
            x4 = w4.fma(u, x4);
            y4 = w4.fma(v, y4);
            FloatVector w5 = FloatVector.broadcast(SIXTEEN, b[p + 5]);
            x5 = w5.fma(u, x5);
            y5 = w5.fma(v, y5);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + 2 * TILE);
        x1.intoArray(c, c0 + TAIL_FEATURES);
        y1.intoArray(c, c0 + TAIL_FEATURES + 2 * TILE);
        x2.intoArray(c, c0 + 2 * TAIL_FEATURES);
        y2.intoArray(c, c0 + 2 * TAIL_FEATURES + 2 * TILE);
        x3.intoArray(c, c0 + 3 * TAIL_FEATURES);
        y3.intoArray(c, c0 + 3 * TAIL_FEATURES + 2 * TILE);
        x4.intoArray(c, c0 + 4 * TAIL_FEATURES);
        y4.intoArray(c, c0 + 4 * TAIL_FEATURES + 2 * TILE);
        x5.intoArray(c, c0 + 5 * TAIL_FEATURES);
        y5.intoArray(c, c0 + 5 * TAIL_FEATURES + 2 * TILE);
    }

    /** Computes 8 tokens x 32 features, as {@link #tail6}. */
    static void tail8(int k, float[] a, int a0, int a1, int a2, int a3, float[] b, int b0, float[] c, int c0) {
        FloatVector x0 = FloatVector.fromArray(SIXTEEN, c, c0);
        FloatVector y0 = FloatVector.fromArray(SIXTEEN, c, c0 + 2 * TILE);
        FloatVector x1 = FloatVector.fromArray(SIXTEEN, c, c0 + TAIL_FEATURES);
        FloatVector y1 = FloatVector.fromArray(SIXTEEN, c, c0 + TAIL_FEATURES + 2 * TILE);
        FloatVector x2 = FloatVector.fromArray(SIXTEEN, c, c0 + 2 * TAIL_FEATURES);
        FloatVector y2 = FloatVector.fromArray(SIXTEEN, c, c0 + 2 * TAIL_FEATURES + 2 * TILE);
        FloatVector x3 = FloatVector.fromArray(SIXTEEN, c, c0 + 3 * TAIL_FEATURES);
        FloatVector y3 = FloatVector.fromArray(SIXTEEN, c, c0 + 3 * TAIL_FEATURES + 2 * TILE);
        FloatVector x4 = FloatVector.fromArray(SIXTEEN, c, c0 + 4 * TAIL_FEATURES);
        FloatVector y4 = FloatVector.fromArray(SIXTEEN, c, c0 + 4 * TAIL_FEATURES + 2 * TILE);
        FloatVector x5 = FloatVector.fromArray(SIXTEEN, c, c0 + 5 * TAIL_FEATURES);
        FloatVector y5 = FloatVector.fromArray(SIXTEEN, c, c0 + 5 * TAIL_FEATURES + 2 * TILE);
        FloatVector x6 = FloatVector.fromArray(SIXTEEN, c, c0 + 6 * TAIL_FEATURES);
        FloatVector y6 = FloatVector.fromArray(SIXTEEN, c, c0 + 6 * TAIL_FEATURES + 2 * TILE);
        FloatVector x7 = FloatVector.fromArray(SIXTEEN, c, c0 + 7 * TAIL_FEATURES);
        FloatVector y7 = FloatVector.fromArray(SIXTEEN, c, c0 + 7 * TAIL_FEATURES + 2 * TILE);
        int begin = a0 & Integer.MAX_VALUE;
        int shift = b0 - begin * (PANEL / TILE);
        int end = begin + k * TILE;
        int toSecond = a1 - TILE - begin;
        int toThird = a2 - begin;
        int toFourth = a3 - TILE - begin;
        for (int q = begin; q < end; q += TILE) {
            int p = q * (PANEL / TILE) + shift;
            FloatVector low = FloatVector.fromArray(SIXTEEN, a, q);
            FloatVector second = FloatVector.fromArray(SIXTEEN, a, q + toSecond);
            FloatVector u = low.blend(second, SECOND_HALF);
            FloatVector high = FloatVector.fromArray(SIXTEEN, a, q + toThird);
            FloatVector fourth = FloatVector.fromArray(SIXTEEN, a, q + toFourth);
            FloatVector v = high.blend(fourth, SECOND_HALF);
            FloatVector w0 = FloatVector.broadcast(SIXTEEN, b[p]);
            x0 = w0.fma(u, x0);
            y0 = w0.fma(v, y0);
            FloatVector w1 = FloatVector.broadcast(SIXTEEN, b[p + 1]);
            x1 = w1.fma(u, x1);
            y1 = w1.fma(v, y1);
            FloatVector w2 = FloatVector.broadcast(SIXTEEN, b[p + 2]);
            x2 = w2.fma(u, x2);
            y2 = w2.fma(v, y2);
            FloatVector w3 = FloatVector.broadcast(SIXTEEN, b[p + 3]);
            x3 = w3.fma(u, x3);
            y3 = w3.fma(v, y3);
            FloatVector w4 = FloatVector.broadcast(SIXTEEN, b[p + 4]);
            x4 = w4.fma(u, x4);
            y4 = w4.fma(v, y4);
            FloatVector w5 = FloatVector.broadcast(SIXTEEN, b[p + 5]);
            x5 = w5.fma(u, x5);
            y5 = w5.fma(v, y5);
            FloatVector w6 = FloatVector.broadcast(SIXTEEN, b[p + 6]);
            x6 = w6.fma(u, x6);
            y6 = w6.fma(v, y6);
            FloatVector w7 = FloatVector.broadcast(SIXTEEN, b[p + 7]);
            x7 = w7.fma(u, x7);
            y7 = w7.fma(v, y7);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + 2 * TILE);
        x1.intoArray(c, c0 + TAIL_FEATURES);
        y1.intoArray(c, c0 + TAIL_FEATURES + 2 * TILE);
        x2.intoArray(c, c0 + 2 * TAIL_FEATURES);
        y2.intoArray(c, c0 + 2 * TAIL_FEATURES + 2 * TILE);
        x3.intoArray(c, c0 + 3 * TAIL_FEATURES);
        y3.intoArray(c, c0 + 3 * TAIL_FEATURES + 2 * TILE);
        x4.intoArray(c, c0 + 4 * TAIL_FEATURES);
        y4.intoArray(c, c0 + 4 * TAIL_FEATURES + 2 * TILE);
        x5.intoArray(c, c0 + 5 * TAIL_FEATURES);
        y5.intoArray(c, c0 + 5 * TAIL_FEATURES + 2 * TILE);
        x6.intoArray(c, c0 + 6 * TAIL_FEATURES);
        y6.intoArray(c, c0 + 6 * TAIL_FEATURES + 2 * TILE);
        x7.intoArray(c, c0 + 7 * TAIL_FEATURES);
        y7.intoArray(c, c0 + 7 * TAIL_FEATURES + 2 * TILE);
    }
}
