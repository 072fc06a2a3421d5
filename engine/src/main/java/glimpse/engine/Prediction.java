package glimpse.engine;

import java.util.ArrayList;
import java.util.List;

/** A prediction: the probability of every class, made of finite logits. Immutable. */
public final class Prediction {
    private final float[] logits; // [classes]
    private final double[] values; // [classes]

    private Prediction(float[] logits, double[] values) {
        this.logits = logits;
        this.values = values;
    }

    /**
     * Computes the softmax of logits, in double.
     *
     * @param logits {@code [classes]}, at least one
     * @throws NonFiniteOutputException if a logit is NaN or infinite
     */
    public static Prediction softmax(float[] logits) {
        if (logits.length == 0) {
            throw new IllegalArgumentException("no logits, expected at least one class");
        }
        NonFiniteOutputException.check("logit", logits);
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

    /** Returns the number of classes, at least 1. */
    public int classes() {
        return values.length;
    }

    /**
     * Returns the probability of a class, 0..1.
     *
     * @param index of the class, 0..classes-1
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public double probability(int index) {
        Indices.check("index", index, values.length);
        return values[index];
    }

    /**
     * Returns the classes of the highest logits, highest first; of two equal ones the lower index first.
     *
     * @param count how many, at least 0; all if there are fewer
     * @throws IllegalArgumentException if the count is negative
     */
    public List<ClassProbability> top(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", expected at least 0");
        }
        List<ClassProbability> top = new ArrayList<>();
        boolean[] taken = new boolean[values.length];
        while (top.size() < Math.min(count, values.length)) {
            int best = -1;
            for (int i = 0; i < values.length; i++) {
                if (!taken[i] && (best < 0 || logits[i] > logits[best])) {
                    best = i;
                }
            }
            taken[best] = true;
            top.add(new ClassProbability(best, values[best]));
        }
        return top;
    }
}
