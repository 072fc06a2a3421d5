package glimpse.evaluation.calibration;

import glimpse.collab.audit.BinomialBound;

/**
 * What a promise is expected to allow, on images that it won't rest on: the share of them that a gate may let pass
 * though the edge is wrong and the server right. The gate that keeps the promise is fitted to other images, and by
 * chance it is looser or stricter than that; the stricter it is, the more it sends. Immutable.
 *
 * @param expected what the promise allows of its own images, 0..1
 * @param cautious a smaller share, which makes a gate that is stricter than the promise's with a probability of 90 %,
 *     so that what keeps a budget with it will most likely keep it with the promise's
 */
public record WrongShares(double expected, double cautious) {
    private static final double CAUTION = 0.9;

    /**
     * Returns what a promise is expected to allow.
     *
     * @param promisedOn number of images that it will rest on, enough for it
     * @param chosenOn number of images that a policy is chosen on
     */
    public static WrongShares of(Promise promise, int promisedOn, int chosenOn) {
        int mostWrong = promise.mostWrong(promisedOn);
        double expected = (double) mostWrong / promisedOn;
        return chosenOn == 0
                ? new WrongShares(expected, expected)
                : new WrongShares(expected, (double) cautious(mostWrong, promisedOn, chosenOn) / chosenOn);
    }

    /**
     * Returns how many images a gate may let pass wrongly where a policy is chosen, c. This gate lies just below the
     * image c + 1 of those that must not pass there, the promise's below the image mostWrong + 1 of its own. Sorted by
     * confidence, the images that must not pass belong to one set or the other at random. So the first gate is no
     * looser if of the first c + 1 + mostWrong of them c + 1 or more belong to the images chosen on: a binomial
     * probability.
     */
    private static int cautious(int mostWrong, int promisedOn, int chosenOn) {
        double share = (double) chosenOn / (chosenOn + promisedOn);
        int low = 0; // few enough, or as few as there can be
        int high = (int) Math.ceil(mostWrong * share / (1 - share)) + 1; // too many: more than are expected
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (BinomialBound.upper(middle, middle + 1 + mostWrong, CAUTION) <= share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
