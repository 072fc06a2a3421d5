package glimpse.bench.work;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Fused multiply-adds in twelve independent chains: enough to saturate two units with latencies up to six cycles. */
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

    private static float chains(int steps, float factor, float addend) {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector a = FloatVector.broadcast(SPECIES, addend);
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
            x0 = x0.fma(f, a);
            x1 = x1.fma(f, a);
            x2 = x2.fma(f, a);
            x3 = x3.fma(f, a);
            x4 = x4.fma(f, a);
            x5 = x5.fma(f, a);
            x6 = x6.fma(f, a);
            x7 = x7.fma(f, a);
            x8 = x8.fma(f, a);
            x9 = x9.fma(f, a);
            x10 = x10.fma(f, a);
            x11 = x11.fma(f, a);
        }
        FloatVector low = x0.add(x1).add(x2).add(x3).add(x4).add(x5);
        FloatVector high = x6.add(x7).add(x8).add(x9).add(x10).add(x11);
        return low.add(high).reduceLanes(jdk.incubator.vector.VectorOperators.ADD);
    }
}
