package glimpse.evaluation.metrics;

/**
 * Top-1 and top-5 accuracy; NaN if there are no images or it is unknown.
 *
 * @param top1 share of images whose true class is the most probable, 0..1
 * @param top5 share of images whose true class is among the five most probable, 0..1
 */
public record Accuracy(double top1, double top5) {
    /** Of what wasn't measured. */
    static final Accuracy UNKNOWN = new Accuracy(Double.NaN, Double.NaN);
}
