package glimpse.evaluation.calibration;

import glimpse.collab.audit.ExpectedRates;
import glimpse.collab.gate.OffloadGate;
import java.util.List;

/**
 * What a gate does to images. Immutable.
 *
 * @param images number of images, 1..{@value ExpectedRates#MAX_IMAGES}
 * @param confident how many of them are confident
 * @param disagreements on how many of those the server predicts another class than the edge
 * @param wrong on how many of those the edge is wrong and the server right
 */
public record GateCounts(int images, int confident, int disagreements, int wrong) {
    /**
     * Checks that the counts are possible.
     *
     * @throws IllegalArgumentException if one exceeds the one before it, or is negative
     */
    public GateCounts {
        var _ = new ExpectedRates(images, confident, disagreements); // checks them
        if (wrong < 0 || wrong > disagreements) {
            throw new IllegalArgumentException("wrong is " + wrong + ", expected 0.." + disagreements);
        }
    }

    /** Counts what a gate does to some images. */
    public static GateCounts of(OffloadGate gate, List<GatedImage> images) {
        int confident = 0;
        int disagreements = 0;
        int wrong = 0;
        for (GatedImage image : images) {
            if (gate.confident(image.confidence())) {
                confident++;
                disagreements += image.agree() ? 0 : 1;
                wrong += image.wrongWhereTheServerIsRight() ? 1 : 0;
            }
        }
        return new GateCounts(images.size(), confident, disagreements, wrong);
    }

    /** Returns the share of all images that the edge answers wrong where the server would be right. */
    public double risk() {
        return (double) wrong / images;
    }

    /** Returns what an alarm compares an edge's work with. */
    public ExpectedRates rates() {
        return new ExpectedRates(images, confident, disagreements);
    }
}
