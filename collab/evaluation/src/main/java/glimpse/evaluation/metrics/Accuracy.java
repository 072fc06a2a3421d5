package glimpse.evaluation.metrics;

/**
 * How often a label is the first class, and how often it is among the first five; NaN if there are no images.
 *
 * @param top1 0..1
 * @param top5 0..1
 */
public record Accuracy(double top1, double top5) {}
