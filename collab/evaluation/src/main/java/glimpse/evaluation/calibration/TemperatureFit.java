package glimpse.evaluation.calibration;

import glimpse.collab.node.Classifier;

/**
 * Fits the temperature with the least negative log-likelihood of the true classes (Guo et al., arXiv 1706.04599).
 * Images come one by one and leave nothing behind but sums, one for each of a row of temperatures; the minimum lies
 * between them. Not thread-safe.
 */
public final class TemperatureFit {
    private static final int PER_OCTAVE = 16;
    private static final double FIRST = 1 / 16.0;
    private static final int COUNT = 8 * PER_OCTAVE + 1; // 1/16..16

    private final double[] sums = new double[COUNT]; // [temperatures], of negative log-likelihoods
    private int images;

    /** Starts without images. */
    public TemperatureFit() {}

    /**
     * Takes an image.
     *
     * @param logits {@code [classes]}, finite
     * @param label the true class
     */
    public void add(float[] logits, int label) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        for (int i = 0; i < COUNT; i++) {
            double temperature = temperature(i);
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp((logit - most) / temperature);
            }
            sums[i] += Math.log(sum) - (logits[label] - most) / temperature;
        }
        images++;
    }

    private static double temperature(double step) {
        return FIRST * Math.pow(2, step / PER_OCTAVE);
    }

    /** Returns the number of images. */
    public int images() {
        return images;
    }

    /** Returns the temperature, to three decimals; 1 if there are no images. */
    public double temperature() {
        if (images == 0) {
            return 1;
        }
        int best = 0;
        for (int i = 1; i < COUNT; i++) {
            if (sums[i] < sums[best]) {
                best = i;
            }
        }
        double rounded = Math.round(temperature(best + offset(best)) * 1000) / 1000.0;
        return Math.clamp(rounded, Classifier.MIN_TEMPERATURE, Classifier.MAX_TEMPERATURE);
    }

    /** Returns where between its neighbours the parabola through the three has its minimum, -0.5..0.5. */
    private double offset(int best) {
        if (best == 0 || best == COUNT - 1) {
            return 0;
        }
        double bend = sums[best - 1] - 2 * sums[best] + sums[best + 1];
        return bend > 0 ? (sums[best - 1] - sums[best + 1]) / (2 * bend) : 0;
    }
}
