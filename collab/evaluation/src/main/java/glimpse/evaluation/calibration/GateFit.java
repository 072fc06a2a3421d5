package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Fits gates of min-entropy, which is what the edge's prediction loses to a certain one. */
public final class GateFit {
    /** Few enough to read; rounding down makes a gate stricter, which keeps its promise. */
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.DOWN);

    private static final double ROUNDING = 1e-9; // of a count that was divided and multiplied

    private GateFit() {}

    /**
     * Returns the loosest gate that keeps a promise. A stricter one keeps it, too, whatever it is chosen by.
     *
     * @param images the calibration set
     * @throws IllegalArgumentException if the set is too small for the promise; says how many images would do
     */
    public static OffloadGate loosest(Promise promise, List<GatedImage> images) {
        int mostWrong = promise.mostWrong(images.size());
        if (mostWrong < 0) {
            throw new IllegalArgumentException(images.size()
                    + " images are too few for this promise, expected at least " + promise.fewestImages());
        }
        return withAtMost(mostWrong, images);
    }

    /**
     * Returns the loosest gate of which no more than a share of all images is answered wrong by the edge where the
     * server is right, on these images themselves: an estimate of what a promise will allow on others.
     *
     * @param wrongShare 0..1
     */
    static OffloadGate loosest(double wrongShare, List<GatedImage> images) {
        return withAtMost((int) (wrongShare * images.size() + ROUNDING), images);
    }

    private static OffloadGate withAtMost(int mostWrong, List<GatedImage> images) {
        double[] wrong = images.stream()
                .filter(GatedImage::wrongWhereTheServerIsRight)
                .mapToDouble(GatedImage::minEntropyBits)
                .sorted()
                .toArray();
        return wrong.length <= mostWrong ? OffloadGate.never() : below(wrong[mostWrong]);
    }

    /** Returns a gate that lets no image of this min-entropy pass, and as many others as its digits allow. */
    private static OffloadGate below(double minEntropyBits) {
        return OffloadGate.minEntropy(Math.min(rounded(minEntropyBits), OffloadGate.MAX_BITS));
    }

    private static double rounded(double minEntropyBits) {
        return BigDecimal.valueOf(minEntropyBits).round(DIGITS).doubleValue();
    }

    /** Returns a gate that lets an image of the lower min-entropy pass and none of the higher. */
    static OffloadGate between(double lower, double higher) {
        double rounded = rounded(higher);
        return OffloadGate.minEntropy(Math.min(rounded > lower ? rounded : higher, OffloadGate.MAX_BITS));
    }

    /**
     * Returns the most accurate gate within a budget that is no looser than another, and the cheaper of equally
     * accurate ones. Empty if none is within the budget.
     *
     * @param limit a gate of min-entropy, or {@code never}
     * @param images the images that accuracy and costs are measured on
     */
    public static Optional<OffloadGate> withinBudget(OffloadGate limit, Budget budget, List<GatedImage> images) {
        GateSweep gates = GateSweep.of(images, budget::spent, limit);
        return gates.steps().stream()
                .filter(step -> budget.allows(step.spent(), images.size()))
                .reduce((best, next) -> next.right() >= best.right() ? next : best) // the next is no dearer
                .map(gates::gate);
    }
}
