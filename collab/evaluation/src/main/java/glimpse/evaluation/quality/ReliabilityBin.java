package glimpse.evaluation.quality;

/**
 * Predictions of similar confidence. Means over no images are NaN.
 *
 * @param images number of images
 * @param accuracy share of them that are classified correctly, 0..1
 * @param confidence mean probability of the predicted classes, 0..1
 */
public record ReliabilityBin(int images, double accuracy, double confidence) {}
