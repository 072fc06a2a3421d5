package glimpse.bench.work;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds in twelve independent chains: enough to saturate two units with latencies up to six cycles. Each
 * adds to its own register, so that with the two factors they fit 16 registers.
 */
final class FmaLoop {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int STEPS = 20_000;

    // a field, so that the compiler can't drop the loop
    private float sum;

    /** Computes for some tens of microseconds and returns the number of operations, two per multiply-add. */
    double run() {
        sum = chains(STEPS, 0.999f, 0.001f + sum * 1e-9f);
        return 2.0 * CHAINS * SPECIES.length() * STEPS;
    }

    private static float chains(int steps, float factor, float other) {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector a = FloatVector.broadcast(SPECIES, other);
        FloatVector x0 = a;
        FloatVector x1 = a.add(1);
        FloatVector x2 = a.add(2);
        FloatVector x3 = a.add(3);
        FloatVector x4 = a.add(4);
        FloatVector x5 = a.add(5);
        FloatVector x6 = a.add(6);
        FloatVector x7 = a.add(7);
        FloatVector x8 = a.add(8);
        FloatVector x9 = a.add(9);
        FloatVector x10 = a.add(10);
        FloatVector x11 = a.add(11);
        for (int i = 0; i < steps; i++) {
            x0 = f.fma(a, x0);
            x1 = f.fma(a, x1);
            x2 = f.fma(a, x2);
            x3 = f.fma(a, x3);
            x4 = f.fma(a, x4);
            x5 = f.fma(a, x5);
            x6 = f.fma(a, x6);
            x7 = f.fma(a, x7);
            x8 = f.fma(a, x8);
            x9 = f.fma(a, x9);
            x10 = f.fma(a, x10);
            x11 = f.fma(a, x11);
        }
        FloatVector low = x0.add(x1).add(x2).add(x3).add(x4).add(x5);
        FloatVector high = x6.add(x7).add(x8).add(x9).add(x10).add(x11);
        return low.add(high).reduceLanes(jdk.incubator.vector.VectorOperators.ADD);
    }
}
