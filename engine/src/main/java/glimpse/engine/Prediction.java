package glimpse.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** A prediction: the probability of every class, made of finite logits. Immutable. */
public final class Prediction {
    private final float[] logits; // [classes], negative infinity where the prediction is among others
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

    /**
     * Returns the prediction among some of the classes, as if the model had no others: the softmax of their logits. The
     * other classes have probability 0 and are never among the top.
     *
     * @param some indices of the classes, at least one
     * @throws IllegalArgumentException if there is none
     * @throws IndexOutOfBoundsException if one isn't a class
     */
    public Prediction among(Collection<Integer> some) {
        if (some.isEmpty()) {
            throw new IllegalArgumentException("no classes, expected at least one");
        }
        double greatest = Double.NEGATIVE_INFINITY;
        for (int index : some) {
            Indices.check("index", index, values.length);
            greatest = Math.max(greatest, logits[index]);
        }
        float[] remaining = new float[values.length];
        double[] shares = new double[values.length];
        Arrays.fill(remaining, Float.NEGATIVE_INFINITY);
        double sum = 0;
        for (int index : new TreeSet<>(some)) { // each once, in the order in which softmax adds
            remaining[index] = logits[index];
            shares[index] = Math.exp(logits[index] - greatest);
            sum += shares[index];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return new Prediction(remaining, shares);
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
     * @param count how many, at least 0; all that the prediction is among if there are fewer
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
                boolean eligible = !taken[i] && logits[i] != Float.NEGATIVE_INFINITY;
                if (eligible && (best < 0 || logits[i] > logits[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            taken[best] = true;
            top.add(new ClassProbability(best, values[best]));
        }
        return top;
    }
}
