package glimpse.engine;

import java.util.ArrayList;
import java.util.List;

/** An answer: the probability of every class. Immutable. */
public final class Prediction {
    private final float[] logits; // [classes]
    private final double[] values; // [classes]

    private Prediction(float[] logits, double[] values) {
        this.logits = logits;
        this.values = values;
    }

    /**
     * The softmax of logits, in double. A NaN among them, or a positive infinity, makes every probability NaN: such an
     * answer has no confidence that a gate could find.
     *
     * @param logits {@code [classes]}, at least one
     */
    public static Prediction softmax(float[] logits) {
        if (logits.length == 0) {
            throw new IllegalArgumentException("no logits, expected at least one class");
        }
        double greatest = logits[0];
        for (float logit : logits) {
            greatest = Math.max(greatest, logit);
        }
        double[] values = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(logits[i] - greatest);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return new Prediction(logits.clone(), values);
    }

    /** Number of classes. */
    public int classes() {
        return values.length;
    }

    /** The probability of a class, 0..1. */
    public double probability(int index) {
        return values[index];
    }

    /**
     * The classes of the highest logits, highest first; of two equal ones the lower index first, NaN last.
     *
     * @param count how many; all if there are fewer
     */
    public List<ClassProbability> top(int count) {
        List<ClassProbability> top = new ArrayList<>();
        boolean[] taken = new boolean[values.length];
        while (top.size() < Math.min(count, values.length)) {
            int best = -1;
            for (int i = 0; i < values.length; i++) {
                if (!taken[i] && (best < 0 || higher(logits[i], logits[best]))) {
                    best = i;
                }
            }
            taken[best] = true;
            top.add(new ClassProbability(best, values[best]));
        }
        return top;
    }

    private static boolean higher(float logit, float than) {
        return logit > than || (Float.isNaN(than) && !Float.isNaN(logit));
    }
}
