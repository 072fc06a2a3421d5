package glimpse.bench.work;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies an array with plain vector loads and stores, the way the kernels move data. */
final class CopyLoop {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int BURST_FLOATS = 1 << 18;

    private final float[] from;
    private final float[] to;
    private final int repeats;

    CopyLoop(int floats) {
        int length = Math.ceilDiv(Math.max(floats, 1), SPECIES.length()) * SPECIES.length();
        from = new float[length];
        to = new float[length];
        repeats = Math.max(1, BURST_FLOATS / length);
    }

    /**
     * Copies for some tens of microseconds, or once if that takes longer, and returns the number of bytes read and
     * written.
     */
    double run() {
        for (int i = 0; i < repeats; i++) {
            copy(from, to);
        }
        return 2.0 * Float.BYTES * from.length * repeats;
    }

    private static void copy(float[] from, float[] to) {
        for (int i = 0; i < SPECIES.loopBound(from.length); i += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, from, i).intoArray(to, i);
        }
    }
}
