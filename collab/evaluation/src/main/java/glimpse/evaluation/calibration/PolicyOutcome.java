package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a policy does to images. Immutable.
 *
 * @param images number of images
 * @param right how many of them are answered right, by the edge or the server
 * @param spent what the offloaded ones take in all, in patches or bytes
 */
public record PolicyOutcome(int images, int right, long spent) {
    /** No images yet. */
    static final PolicyOutcome NONE = new PolicyOutcome(0, 0, 0);

    /**
     * Returns what a gate does.
     *
     * @param images what becomes of them if they are offloaded
     * @param spending what an image takes if it is offloaded
     */
    public static PolicyOutcome of(OffloadGate gate, List<GatedImage> images, ToLongFunction<GatedImage> spending) {
        int right = 0;
        long spent = 0;
        for (GatedImage image : images) {
            boolean confident = gate.confident(image.confidence());
            right += (confident ? image.edgeRight() : image.serverRight()) ? 1 : 0;
            spent += confident ? 0 : spending.applyAsLong(image);
        }
        return new PolicyOutcome(images.size(), right, spent);
    }

    /** Returns this and another together. */
    PolicyOutcome and(PolicyOutcome other) {
        return new PolicyOutcome(images + other.images, right + other.right, spent + other.spent);
    }

    /** Returns whether this is the more accurate, or as accurate and takes less. */
    boolean betterThan(PolicyOutcome other) {
        return right > other.right || (right == other.right && spent < other.spent);
    }

    /** Returns the accuracy, 0..1; NaN without images. */
    public double top1() {
        return (double) right / images;
    }
}
