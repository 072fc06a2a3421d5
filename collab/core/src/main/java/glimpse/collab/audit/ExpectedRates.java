package glimpse.collab.audit;

/**
 * What a gate did to the images that its promise was calibrated on. Immutable.
 *
 * @param images number of images, 1..{@value #MAX_IMAGES}
 * @param confident how many of them were confident
 * @param disagreements on how many of those the server predicted another class than the edge
 */
public record ExpectedRates(int images, int confident, int disagreements) {
    /** The most images: more than any data set has, few enough for exact bounds. */
    public static final int MAX_IMAGES = 10_000_000;

    /** The confidence in each of the two bounds; what they may fail to cover counts towards the false alarms. */
    private static final double CONFIDENCE = 0.995;

    private static final int IMAGES_PER_START = 64;
    private static final int AUDITS_PER_START = 4;

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one exceeds the one before it, or is negative
     */
    public ExpectedRates {
        require("images", images, 1, MAX_IMAGES);
        require("confident", confident, 0, images);
        require("disagreements", disagreements, 0, confident);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + least + ".." + most);
        }
    }

    /** Returns a test of whether the share of confident images is another. */
    RateTest confidentShare() {
        double oneSided = 1 - (1 - CONFIDENCE) / 2;
        return new RateTest(
                BinomialBound.lower(confident, images, oneSided),
                BinomialBound.upper(confident, images, oneSided),
                IMAGES_PER_START);
    }

    /**
     * Returns a test of whether the server disagrees with confident predictions more often. The gate was placed beside
     * the image that it could least afford, which would have been a disagreement: it counts as one.
     */
    RateTest disagreement() {
        double highest = BinomialBound.upper(disagreements + 1, confident + 1, CONFIDENCE);
        return new RateTest(0, highest, AUDITS_PER_START);
    }
}
