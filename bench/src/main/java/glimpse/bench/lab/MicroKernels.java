package glimpse.bench.lab;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * GEMM micro-kernels of several shapes: an MR x NR block of {@code C += A B} accumulated in registers. MR counts rows,
 * NR vectors of tokens. Arrays are packed: {@code a [k][MR]}, {@code b [k][NR]}, {@code c [MR][NR]}.
 */
final class MicroKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private MicroKernels() {}

    /** 4 x 2. */
    static void rows4x2(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        FloatVector s0x = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s0y = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector s1x = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector s1y = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES + LANES);
        FloatVector s2x = FloatVector.fromArray(SPECIES, c, c0 + 2 * 2 * LANES);
        FloatVector s2y = FloatVector.fromArray(SPECIES, c, c0 + 2 * 2 * LANES + LANES);
        FloatVector s3x = FloatVector.fromArray(SPECIES, c, c0 + 3 * 2 * LANES);
        FloatVector s3y = FloatVector.fromArray(SPECIES, c, c0 + 3 * 2 * LANES + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ux = FloatVector.fromArray(SPECIES, b, b0 + p * (2 * LANES));
            FloatVector uy = FloatVector.fromArray(SPECIES, b, b0 + p * (2 * LANES) + LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[a0 + p * 4]);
            s0x = w0.fma(ux, s0x);
            s0y = w0.fma(uy, s0y);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[a0 + p * 4 + 1]);
            s1x = w1.fma(ux, s1x);
            s1y = w1.fma(uy, s1y);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[a0 + p * 4 + 2]);
            s2x = w2.fma(ux, s2x);
            s2y = w2.fma(uy, s2y);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[a0 + p * 4 + 3]);
            s3x = w3.fma(ux, s3x);
            s3y = w3.fma(uy, s3y);
        }
        s0x.intoArray(c, c0);
        s0y.intoArray(c, c0 + LANES);
        s1x.intoArray(c, c0 + 2 * LANES);
        s1y.intoArray(c, c0 + 2 * LANES + LANES);
        s2x.intoArray(c, c0 + 2 * 2 * LANES);
        s2y.intoArray(c, c0 + 2 * 2 * LANES + LANES);
        s3x.intoArray(c, c0 + 3 * 2 * LANES);
        s3y.intoArray(c, c0 + 3 * 2 * LANES + LANES);
    }

    /** 8 x 1. */
    static void rows8x1(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        FloatVector s0x = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s1x = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector s2x = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector s3x = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector s4x = FloatVector.fromArray(SPECIES, c, c0 + 4 * LANES);
        FloatVector s5x = FloatVector.fromArray(SPECIES, c, c0 + 5 * LANES);
        FloatVector s6x = FloatVector.fromArray(SPECIES, c, c0 + 6 * LANES);
        FloatVector s7x = FloatVector.fromArray(SPECIES, c, c0 + 7 * LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ux = FloatVector.fromArray(SPECIES, b, b0 + p * LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[a0 + p * 8]);
            s0x = w0.fma(ux, s0x);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 1]);
            s1x = w1.fma(ux, s1x);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 2]);
            s2x = w2.fma(ux, s2x);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 3]);
            s3x = w3.fma(ux, s3x);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 4]);
            s4x = w4.fma(ux, s4x);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 5]);
            s5x = w5.fma(ux, s5x);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 6]);
            s6x = w6.fma(ux, s6x);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 7]);
            s7x = w7.fma(ux, s7x);
        }
        s0x.intoArray(c, c0);
        s1x.intoArray(c, c0 + LANES);
        s2x.intoArray(c, c0 + 2 * LANES);
        s3x.intoArray(c, c0 + 3 * LANES);
        s4x.intoArray(c, c0 + 4 * LANES);
        s5x.intoArray(c, c0 + 5 * LANES);
        s6x.intoArray(c, c0 + 6 * LANES);
        s7x.intoArray(c, c0 + 7 * LANES);
    }

    /** 8 x 2, the engine's shape. */
    static void rows8x2(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        FloatVector s0x = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s0y = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector s1x = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector s1y = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES + LANES);
        FloatVector s2x = FloatVector.fromArray(SPECIES, c, c0 + 2 * 2 * LANES);
        FloatVector s2y = FloatVector.fromArray(SPECIES, c, c0 + 2 * 2 * LANES + LANES);
        FloatVector s3x = FloatVector.fromArray(SPECIES, c, c0 + 3 * 2 * LANES);
        FloatVector s3y = FloatVector.fromArray(SPECIES, c, c0 + 3 * 2 * LANES + LANES);
        FloatVector s4x = FloatVector.fromArray(SPECIES, c, c0 + 4 * 2 * LANES);
        FloatVector s4y = FloatVector.fromArray(SPECIES, c, c0 + 4 * 2 * LANES + LANES);
        FloatVector s5x = FloatVector.fromArray(SPECIES, c, c0 + 5 * 2 * LANES);
        FloatVector s5y = FloatVector.fromArray(SPECIES, c, c0 + 5 * 2 * LANES + LANES);
        FloatVector s6x = FloatVector.fromArray(SPECIES, c, c0 + 6 * 2 * LANES);
        FloatVector s6y = FloatVector.fromArray(SPECIES, c, c0 + 6 * 2 * LANES + LANES);
        FloatVector s7x = FloatVector.fromArray(SPECIES, c, c0 + 7 * 2 * LANES);
        FloatVector s7y = FloatVector.fromArray(SPECIES, c, c0 + 7 * 2 * LANES + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ux = FloatVector.fromArray(SPECIES, b, b0 + p * (2 * LANES));
            FloatVector uy = FloatVector.fromArray(SPECIES, b, b0 + p * (2 * LANES) + LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[a0 + p * 8]);
            s0x = w0.fma(ux, s0x);
            s0y = w0.fma(uy, s0y);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 1]);
            s1x = w1.fma(ux, s1x);
            s1y = w1.fma(uy, s1y);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 2]);
            s2x = w2.fma(ux, s2x);
            s2y = w2.fma(uy, s2y);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 3]);
            s3x = w3.fma(ux, s3x);
            s3y = w3.fma(uy, s3y);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 4]);
            s4x = w4.fma(ux, s4x);
            s4y = w4.fma(uy, s4y);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 5]);
            s5x = w5.fma(ux, s5x);
            s5y = w5.fma(uy, s5y);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 6]);
            s6x = w6.fma(ux, s6x);
            s6y = w6.fma(uy, s6y);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 7]);
            s7x = w7.fma(ux, s7x);
            s7y = w7.fma(uy, s7y);
        }
        s0x.intoArray(c, c0);
        s0y.intoArray(c, c0 + LANES);
        s1x.intoArray(c, c0 + 2 * LANES);
        s1y.intoArray(c, c0 + 2 * LANES + LANES);
        s2x.intoArray(c, c0 + 2 * 2 * LANES);
        s2y.intoArray(c, c0 + 2 * 2 * LANES + LANES);
        s3x.intoArray(c, c0 + 3 * 2 * LANES);
        s3y.intoArray(c, c0 + 3 * 2 * LANES + LANES);
        s4x.intoArray(c, c0 + 4 * 2 * LANES);
        s4y.intoArray(c, c0 + 4 * 2 * LANES + LANES);
        s5x.intoArray(c, c0 + 5 * 2 * LANES);
        s5y.intoArray(c, c0 + 5 * 2 * LANES + LANES);
        s6x.intoArray(c, c0 + 6 * 2 * LANES);
        s6y.intoArray(c, c0 + 6 * 2 * LANES + LANES);
        s7x.intoArray(c, c0 + 7 * 2 * LANES);
        s7y.intoArray(c, c0 + 7 * 2 * LANES + LANES);
    }

    /** 8 x 3. */
    static void rows8x3(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        FloatVector s0x = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s0y = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector s0z = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector s1x = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector s1y = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES + LANES);
        FloatVector s1z = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES + 2 * LANES);
        FloatVector s2x = FloatVector.fromArray(SPECIES, c, c0 + 2 * 3 * LANES);
        FloatVector s2y = FloatVector.fromArray(SPECIES, c, c0 + 2 * 3 * LANES + LANES);
        FloatVector s2z = FloatVector.fromArray(SPECIES, c, c0 + 2 * 3 * LANES + 2 * LANES);
        FloatVector s3x = FloatVector.fromArray(SPECIES, c, c0 + 3 * 3 * LANES);
        FloatVector s3y = FloatVector.fromArray(SPECIES, c, c0 + 3 * 3 * LANES + LANES);
        FloatVector s3z = FloatVector.fromArray(SPECIES, c, c0 + 3 * 3 * LANES + 2 * LANES);
        FloatVector s4x = FloatVector.fromArray(SPECIES, c, c0 + 4 * 3 * LANES);
        FloatVector s4y = FloatVector.fromArray(SPECIES, c, c0 + 4 * 3 * LANES + LANES);
        FloatVector s4z = FloatVector.fromArray(SPECIES, c, c0 + 4 * 3 * LANES + 2 * LANES);
        FloatVector s5x = FloatVector.fromArray(SPECIES, c, c0 + 5 * 3 * LANES);
        FloatVector s5y = FloatVector.fromArray(SPECIES, c, c0 + 5 * 3 * LANES + LANES);
        FloatVector s5z = FloatVector.fromArray(SPECIES, c, c0 + 5 * 3 * LANES + 2 * LANES);
        FloatVector s6x = FloatVector.fromArray(SPECIES, c, c0 + 6 * 3 * LANES);
        FloatVector s6y = FloatVector.fromArray(SPECIES, c, c0 + 6 * 3 * LANES + LANES);
        FloatVector s6z = FloatVector.fromArray(SPECIES, c, c0 + 6 * 3 * LANES + 2 * LANES);
        FloatVector s7x = FloatVector.fromArray(SPECIES, c, c0 + 7 * 3 * LANES);
        FloatVector s7y = FloatVector.fromArray(SPECIES, c, c0 + 7 * 3 * LANES + LANES);
        FloatVector s7z = FloatVector.fromArray(SPECIES, c, c0 + 7 * 3 * LANES + 2 * LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ux = FloatVector.fromArray(SPECIES, b, b0 + p * (3 * LANES));
            FloatVector uy = FloatVector.fromArray(SPECIES, b, b0 + p * (3 * LANES) + LANES);
            FloatVector uz = FloatVector.fromArray(SPECIES, b, b0 + p * (3 * LANES) + 2 * LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[a0 + p * 8]);
            s0x = w0.fma(ux, s0x);
            s0y = w0.fma(uy, s0y);
            s0z = w0.fma(uz, s0z);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 1]);
            s1x = w1.fma(ux, s1x);
            s1y = w1.fma(uy, s1y);
            s1z = w1.fma(uz, s1z);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 2]);
            s2x = w2.fma(ux, s2x);
            s2y = w2.fma(uy, s2y);
            s2z = w2.fma(uz, s2z);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 3]);
            s3x = w3.fma(ux, s3x);
            s3y = w3.fma(uy, s3y);
            s3z = w3.fma(uz, s3z);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 4]);
            s4x = w4.fma(ux, s4x);
            s4y = w4.fma(uy, s4y);
            s4z = w4.fma(uz, s4z);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 5]);
            s5x = w5.fma(ux, s5x);
            s5y = w5.fma(uy, s5y);
            s5z = w5.fma(uz, s5z);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 6]);
            s6x = w6.fma(ux, s6x);
            s6y = w6.fma(uy, s6y);
            s6z = w6.fma(uz, s6z);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[a0 + p * 8 + 7]);
            s7x = w7.fma(ux, s7x);
            s7y = w7.fma(uy, s7y);
            s7z = w7.fma(uz, s7z);
        }
        s0x.intoArray(c, c0);
        s0y.intoArray(c, c0 + LANES);
        s0z.intoArray(c, c0 + 2 * LANES);
        s1x.intoArray(c, c0 + 3 * LANES);
        s1y.intoArray(c, c0 + 3 * LANES + LANES);
        s1z.intoArray(c, c0 + 3 * LANES + 2 * LANES);
        s2x.intoArray(c, c0 + 2 * 3 * LANES);
        s2y.intoArray(c, c0 + 2 * 3 * LANES + LANES);
        s2z.intoArray(c, c0 + 2 * 3 * LANES + 2 * LANES);
        s3x.intoArray(c, c0 + 3 * 3 * LANES);
        s3y.intoArray(c, c0 + 3 * 3 * LANES + LANES);
        s3z.intoArray(c, c0 + 3 * 3 * LANES + 2 * LANES);
        s4x.intoArray(c, c0 + 4 * 3 * LANES);
        s4y.intoArray(c, c0 + 4 * 3 * LANES + LANES);
        s4z.intoArray(c, c0 + 4 * 3 * LANES + 2 * LANES);
        s5x.intoArray(c, c0 + 5 * 3 * LANES);
        s5y.intoArray(c, c0 + 5 * 3 * LANES + LANES);
        s5z.intoArray(c, c0 + 5 * 3 * LANES + 2 * LANES);
        s6x.intoArray(c, c0 + 6 * 3 * LANES);
        s6y.intoArray(c, c0 + 6 * 3 * LANES + LANES);
        s6z.intoArray(c, c0 + 6 * 3 * LANES + 2 * LANES);
        s7x.intoArray(c, c0 + 7 * 3 * LANES);
        s7y.intoArray(c, c0 + 7 * 3 * LANES + LANES);
        s7z.intoArray(c, c0 + 7 * 3 * LANES + 2 * LANES);
    }

    /** 12 x 2. */
    static void rows12x2(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0) {
        FloatVector s0x = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s0y = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector s1x = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector s1y = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES + LANES);
        FloatVector s2x = FloatVector.fromArray(SPECIES, c, c0 + 2 * 2 * LANES);
        FloatVector s2y = FloatVector.fromArray(SPECIES, c, c0 + 2 * 2 * LANES + LANES);
        FloatVector s3x = FloatVector.fromArray(SPECIES, c, c0 + 3 * 2 * LANES);
        FloatVector s3y = FloatVector.fromArray(SPECIES, c, c0 + 3 * 2 * LANES + LANES);
        FloatVector s4x = FloatVector.fromArray(SPECIES, c, c0 + 4 * 2 * LANES);
        FloatVector s4y = FloatVector.fromArray(SPECIES, c, c0 + 4 * 2 * LANES + LANES);
        FloatVector s5x = FloatVector.fromArray(SPECIES, c, c0 + 5 * 2 * LANES);
        FloatVector s5y = FloatVector.fromArray(SPECIES, c, c0 + 5 * 2 * LANES + LANES);
        FloatVector s6x = FloatVector.fromArray(SPECIES, c, c0 + 6 * 2 * LANES);
        FloatVector s6y = FloatVector.fromArray(SPECIES, c, c0 + 6 * 2 * LANES + LANES);
        FloatVector s7x = FloatVector.fromArray(SPECIES, c, c0 + 7 * 2 * LANES);
        FloatVector s7y = FloatVector.fromArray(SPECIES, c, c0 + 7 * 2 * LANES + LANES);
        FloatVector s8x = FloatVector.fromArray(SPECIES, c, c0 + 8 * 2 * LANES);
        FloatVector s8y = FloatVector.fromArray(SPECIES, c, c0 + 8 * 2 * LANES + LANES);
        FloatVector s9x = FloatVector.fromArray(SPECIES, c, c0 + 9 * 2 * LANES);
        FloatVector s9y = FloatVector.fromArray(SPECIES, c, c0 + 9 * 2 * LANES + LANES);
        FloatVector s10x = FloatVector.fromArray(SPECIES, c, c0 + 10 * 2 * LANES);
        FloatVector s10y = FloatVector.fromArray(SPECIES, c, c0 + 10 * 2 * LANES + LANES);
        FloatVector s11x = FloatVector.fromArray(SPECIES, c, c0 + 11 * 2 * LANES);
        FloatVector s11y = FloatVector.fromArray(SPECIES, c, c0 + 11 * 2 * LANES + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ux = FloatVector.fromArray(SPECIES, b, b0 + p * (2 * LANES));
            FloatVector uy = FloatVector.fromArray(SPECIES, b, b0 + p * (2 * LANES) + LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[a0 + p * 12]);
            s0x = w0.fma(ux, s0x);
            s0y = w0.fma(uy, s0y);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 1]);
            s1x = w1.fma(ux, s1x);
            s1y = w1.fma(uy, s1y);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 2]);
            s2x = w2.fma(ux, s2x);
            s2y = w2.fma(uy, s2y);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 3]);
            s3x = w3.fma(ux, s3x);
            s3y = w3.fma(uy, s3y);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 4]);
            s4x = w4.fma(ux, s4x);
            s4y = w4.fma(uy, s4y);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 5]);
            s5x = w5.fma(ux, s5x);
            s5y = w5.fma(uy, s5y);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 6]);
            s6x = w6.fma(ux, s6x);
            s6y = w6.fma(uy, s6y);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 7]);
            s7x = w7.fma(ux, s7x);
            s7y = w7.fma(uy, s7y);
            FloatVector w8 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 8]);
            s8x = w8.fma(ux, s8x);
            s8y = w8.fma(uy, s8y);
            FloatVector w9 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 9]);
            s9x = w9.fma(ux, s9x);
            s9y = w9.fma(uy, s9y);
            FloatVector w10 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 10]);
            s10x = w10.fma(ux, s10x);
            s10y = w10.fma(uy, s10y);
            FloatVector w11 = FloatVector.broadcast(SPECIES, a[a0 + p * 12 + 11]);
            s11x = w11.fma(ux, s11x);
            s11y = w11.fma(uy, s11y);
        }
        s0x.intoArray(c, c0);
        s0y.intoArray(c, c0 + LANES);
        s1x.intoArray(c, c0 + 2 * LANES);
        s1y.intoArray(c, c0 + 2 * LANES + LANES);
        s2x.intoArray(c, c0 + 2 * 2 * LANES);
        s2y.intoArray(c, c0 + 2 * 2 * LANES + LANES);
        s3x.intoArray(c, c0 + 3 * 2 * LANES);
        s3y.intoArray(c, c0 + 3 * 2 * LANES + LANES);
        s4x.intoArray(c, c0 + 4 * 2 * LANES);
        s4y.intoArray(c, c0 + 4 * 2 * LANES + LANES);
        s5x.intoArray(c, c0 + 5 * 2 * LANES);
        s5y.intoArray(c, c0 + 5 * 2 * LANES + LANES);
        s6x.intoArray(c, c0 + 6 * 2 * LANES);
        s6y.intoArray(c, c0 + 6 * 2 * LANES + LANES);
        s7x.intoArray(c, c0 + 7 * 2 * LANES);
        s7y.intoArray(c, c0 + 7 * 2 * LANES + LANES);
        s8x.intoArray(c, c0 + 8 * 2 * LANES);
        s8y.intoArray(c, c0 + 8 * 2 * LANES + LANES);
        s9x.intoArray(c, c0 + 9 * 2 * LANES);
        s9y.intoArray(c, c0 + 9 * 2 * LANES + LANES);
        s10x.intoArray(c, c0 + 10 * 2 * LANES);
        s10y.intoArray(c, c0 + 10 * 2 * LANES + LANES);
        s11x.intoArray(c, c0 + 11 * 2 * LANES);
        s11y.intoArray(c, c0 + 11 * 2 * LANES + LANES);
    }
}
