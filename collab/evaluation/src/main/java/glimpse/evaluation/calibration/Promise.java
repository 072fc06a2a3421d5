package glimpse.evaluation.calibration;

import glimpse.collab.audit.BinomialBound;
import java.util.OptionalDouble;

/**
 * What a calibrated gate promises of new images like those of its calibration set: the risk, the share of all images
 * that the edge answers wrong where the server would be right, is at most some share. Immutable.
 *
 * <p>Without a confidence, the promise is of the expected risk, over calibration sets and new images (conformal risk
 * control: Angelopoulos et al., arXiv 2208.02814, theorem 1). With one, it is of the risk itself, for that share of
 * calibration sets (Bates et al., "Distribution-free, risk-controlling prediction sets", J. ACM 2021; the bound is
 * Clopper and Pearson's, which is exact). Both rest on the risk growing with every image that a gate lets pass.
 *
 * <p>The server's answer is the one that would have stood: for an upload in rounds, the one on which its rule ends
 * them. The rule compares the server's probabilities, which depend on its temperature, so the promise is about a server
 * at the calibrated one; another would stop after other rounds. Upload, rule and temperatures must be chosen without
 * the images that the promise rests on: to these, as to new images, they are then given.
 *
 * @param risk the highest risk, above 0, below 1
 * @param confidence above 0, below 1; empty to promise the expected risk
 */
public record Promise(double risk, OptionalDouble confidence) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Promise {
        requireOpenShare("risk", risk);
        confidence.ifPresent(value -> requireOpenShare("confidence", value));
    }

    private static void requireOpenShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected above 0 and below 1");
        }
    }

    /**
     * Returns the bound on the risk.
     *
     * @param wrong how many images of the calibration set the edge answered wrong where the server would be right
     * @param images number of images of the set, at least 1
     */
    public double bound(int wrong, int images) {
        return confidence.isPresent()
                ? BinomialBound.upper(wrong, images, confidence.getAsDouble())
                : (wrong + 1.0) / (images + 1.0); // n/(n+1) wrong/n + 1/(n+1)
    }

    /** Returns how many images may be answered wrong; -1 if the set is too small for this promise. */
    public int mostWrong(int images) {
        int low = -1; // low is few enough, high too many
        int high = 0;
        while (high <= images && bound(high, images) <= risk) {
            low = high;
            high = 2 * high + 1;
        }
        high = Math.min(high, images + 1);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (bound(middle, images) <= risk) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the size of the smallest calibration set that this promise can be made with. */
    public int fewestImages() {
        int low = 0; // too small
        int high = 1;
        while (bound(0, high) > risk && high < 1 << 30) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (bound(0, middle) > risk) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
