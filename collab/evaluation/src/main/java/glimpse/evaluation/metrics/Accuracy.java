package glimpse.evaluation.metrics;

/**
 * Top-1 and top-5 accuracy; NaN if there are no images.
 *
 * @param top1 share of images whose true class is the most probable, 0..1
 * @param top5 share of images whose true class is among the five most probable, 0..1
 */
public record Accuracy(double top1, double top5) {}
