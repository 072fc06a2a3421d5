package glimpse.collab.audit;

/** Exact bounds of a proportion (Clopper and Pearson, "The use of confidence or fiducial limits", Biometrika 1934). */
public final class BinomialBound {
    private static final int HALVINGS = 50; // to 15 digits
    private static final double NEGLIGIBLE = 1e-20;
    private static final double LARGE = 1e200;

    private BinomialBound() {}

    /**
     * Returns the proportion that the true one is at most, with some confidence.
     *
     * @param count how many of them were counted, 0..{@code of}
     * @param of number of independent trials, at least 0
     * @param confidence above 0, below 1
     */
    public static double upper(int count, int of, double confidence) {
        requireCounts(count, of);
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + ", expected above 0 and below 1");
        }
        if (count == of) {
            return 1;
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (logAtMost(count, of, middle) > Math.log1p(-confidence)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Returns the proportion that the true one is at least, with some confidence; see {@link #upper}. */
    public static double lower(int count, int of, double confidence) {
        requireCounts(count, of);
        return 1 - upper(of - count, of, confidence);
    }

    private static void requireCounts(int count, int of) {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException("count is " + count + ", expected 0.." + of);
        }
    }

    /** Returns the logarithm of the probability of at most {@code count} successes in {@code of} trials. */
    private static double logAtMost(int count, int of, double p) {
        double odds = p / (1 - p);
        double logScale = of * Math.log1p(-p); // of the probability of no success
        double term = 1; // the probability of i successes, and the sum up to it, as multiples of e^logScale
        double sum = 1;
        for (int i = 0; i < count; i++) {
            double ratio = (of - i) / (i + 1.0) * odds;
            term *= ratio;
            sum += term;
            if (ratio < 1 && term < sum * NEGLIGIBLE) {
                break; // the terms fall from here on
            }
            if (sum > LARGE) {
                logScale += Math.log(sum);
                term /= sum;
                sum = 1;
            }
        }
        return logScale + Math.log(sum);
    }
}
