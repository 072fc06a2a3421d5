package glimpse.evaluation.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * How far confidence is from accuracy, in 15 bins of equal width (Guo et al., "On Calibration of Modern Neural
 * Networks", ICML 2017, arXiv 1706.04599): bin m of M holds the predictions of confidence in ((m-1)/M, m/M].
 *
 * @param bins the bins, by ascending confidence
 */
public record Reliability(List<ReliabilityBin> bins) {
    /** The number of bins. */
    public static final int BINS = 15;

    /** Copies the bins. */
    public Reliability {
        bins = List.copyOf(bins);
    }

    /** Sorts predictions into bins. */
    static Reliability of(List<Answer> answers) {
        int[] images = new int[BINS];
        int[] correct = new int[BINS];
        double[] confidence = new double[BINS];
        for (Answer answer : answers) {
            int bin = Math.clamp((int) Math.ceil(answer.confidence() * BINS) - 1, 0, BINS - 1);
            images[bin]++;
            correct[bin] += answer.prediction() == answer.label() ? 1 : 0;
            confidence[bin] += answer.confidence();
        }
        List<ReliabilityBin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new ReliabilityBin(images[i], (double) correct[i] / images[i], confidence[i] / images[i]));
        }
        return new Reliability(bins);
    }

    /**
     * Returns the expected calibration error (equation 3 there), {@code sum over bins of n_bin / n * |accuracy -
     * confidence|}, 0..1; NaN if there are no predictions.
     */
    public double expectedCalibrationError() {
        double error = 0;
        int images = 0;
        for (ReliabilityBin bin : bins) {
            if (bin.images() > 0) {
                error += bin.images() * Math.abs(bin.accuracy() - bin.confidence());
                images += bin.images();
            }
        }
        return error / images;
    }

    /** Returns the lower bound of a bin's confidences, which isn't in it. */
    public static double lower(int bin) {
        return (double) bin / BINS;
    }

    /** Returns the upper bound of a bin's confidences. */
    public static double upper(int bin) {
        return (double) (bin + 1) / BINS;
    }
}
