package glimpse.collab.gate;

import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import java.util.List;

/**
 * How confident a prediction is, by the three measures that gates use. Immutable.
 *
 * @param minEntropyBits {@code -log2} of the highest probability, at least 0
 * @param shannonBits {@code -sum p log2 p}, at least 0; a probability of 0 contributes 0; NaN if not all probabilities
 *     are known
 * @param margin the highest probability minus the second highest, 0..1; the highest itself if there is one class
 */
public record Confidence(double minEntropyBits, double shannonBits, double margin) {
    private static final double LN_2 = Math.log(2);

    /**
     * Computes the measures of a server's reply, which has its most probable classes alone: no Shannon entropy (NaN).
     *
     * @param top the most probable classes, most probable first, at least one
     */
    public static Confidence ofTop(List<ClassProbability> top) {
        double first = top.getFirst().probability();
        double second = top.size() < 2 ? 0 : top.get(1).probability();
        return new Confidence(-Math.log(first) / LN_2 + 0.0, Double.NaN, first - second);
    }

    /** Computes the three measures of a prediction. */
    public static Confidence of(Prediction prediction) {
        double first = 0;
        double second = 0;
        double shannonNats = 0;
        for (int index = 0; index < prediction.classes(); index++) {
            double p = prediction.probability(index);
            if (p > first) {
                second = first;
                first = p;
            } else if (p > second) {
                second = p;
            }
            shannonNats -= p == 0 ? 0 : p * Math.log(p);
        }
        // + 0.0 turns the -0.0 of a certain prediction into 0.0
        return new Confidence(-Math.log(first) / LN_2 + 0.0, shannonNats / LN_2 + 0.0, first - second);
    }
}
