package glimpse.evaluation.quality;

/**
 * A cell of the confusion matrix that isn't zero.
 *
 * @param label the true class
 * @param predicted the most probable class, possibly the same
 * @param images number of images, at least 1
 */
public record Confusion(int label, int predicted, int images) {}
