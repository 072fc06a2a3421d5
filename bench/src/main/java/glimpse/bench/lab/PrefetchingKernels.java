package glimpse.bench.lab;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The 8 x 2 micro-kernel with one scalar load of upcoming weights in each step of k. Both methods return the sum of
 * what they loaded, so that the compiler can't drop the loads.
 */
final class PrefetchingKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PrefetchingKernels() {}

    /** Advances by two floats per step. */
    static int stride2(
            int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] prefetch, int prefetch0) {
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
        int read = 0;
        for (int p = 0; p < k; p++) {
            read += Float.floatToRawIntBits(prefetch[prefetch0 + p * 2]);
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
        return read;
    }

    /** Advances by eight floats per step. */
    static int stride8(
            int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] prefetch, int prefetch0) {
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
        int read = 0;
        for (int p = 0; p < k; p++) {
            read += Float.floatToRawIntBits(prefetch[prefetch0 + p * 8]);
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
        return read;
    }
}
