package glimpse.bench.lab;

import java.util.List;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The maximum of each column, as softmax needs it: {@code max} against a compare and a blend, called on either operand.
 */
final class ColumnMaximum {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int KEYS = 197;

    private ColumnMaximum() {}

    static Experiment experiment() {
        float[] scores = Product.random(3, KEYS * LANES);
        float[] largest = new float[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            largest[lane] = scores[lane];
            for (int key = 1; key < KEYS; key++) {
                largest[lane] = Math.max(largest[lane], scores[key * LANES + lane]);
            }
        }
        double values = KEYS * LANES;
        return new Experiment(
                "column maximum over 197 rows",
                "G values/s",
                () -> largest,
                0,
                List.of(
                        variant("blend on the loaded vector", values, ColumnMaximum::onLoaded, scores),
                        variant("blend on the loop variable", values, ColumnMaximum::onLoopVariable, scores),
                        variant("FloatVector.max", values, ColumnMaximum::max, scores)));
    }

    private static Variant variant(String name, double values, UnaryOperator<float[]> maximum, float[] scores) {
        float[][] last = new float[1][];
        return new Variant(name, values, () -> last[0] = maximum.apply(scores), () -> last[0]);
    }

    private static float[] onLoaded(float[] s) {
        FloatVector max = FloatVector.fromArray(SPECIES, s, 0);
        for (int key = 1; key < KEYS; key++) {
            FloatVector value = FloatVector.fromArray(SPECIES, s, key * LANES);
            max = value.blend(max, value.compare(VectorOperators.LT, max));
        }
        return max.toArray();
    }

    private static float[] onLoopVariable(float[] s) {
        FloatVector max = FloatVector.fromArray(SPECIES, s, 0);
        for (int key = 1; key < KEYS; key++) {
            FloatVector value = FloatVector.fromArray(SPECIES, s, key * LANES);
            max = max.blend(value, value.compare(VectorOperators.GT, max));
        }
        return max.toArray();
    }

    private static float[] max(float[] s) {
        FloatVector max = FloatVector.fromArray(SPECIES, s, 0);
        for (int key = 1; key < KEYS; key++) {
            max = FloatVector.fromArray(SPECIES, s, key * LANES).max(max);
        }
        return max.toArray();
    }
}
