package glimpse.collab.gate;

/**
 * How sure an answer is, in the three measures that gates ask for. All are NaN where a logit was NaN.
 *
 * @param minEntropyBits {@code -log2} of the greatest probability, at least 0
 * @param shannonBits {@code -sum p log2 p}, at least 0; a probability of 0 contributes 0
 * @param margin the greatest probability less the second greatest, 0..1; the greatest itself if there is one class
 */
public record Confidence(double minEntropyBits, double shannonBits, double margin) {}
