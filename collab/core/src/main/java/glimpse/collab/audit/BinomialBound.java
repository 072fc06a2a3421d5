package glimpse.collab.audit;

/** Exact bounds of a proportion (Clopper and Pearson, "The use of confidence or fiducial limits", Biometrika 1934). */
public final class BinomialBound {
    private static final int HALVINGS = 60; // to the last digits of a double between 0 and 1

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
        double logOdds = Math.log(p) - Math.log1p(-p);
        double term = of * Math.log1p(-p); // the logarithm of the probability of i successes
        double most = term;
        double sum = 1; // of the terms so far, as multiples of e^most
        for (int i = 0; i < count; i++) {
            term += Math.log((double) (of - i) / (i + 1)) + logOdds;
            if (term > most) {
                sum = sum * Math.exp(most - term) + 1;
                most = term;
            } else {
                sum += Math.exp(term - most);
            }
        }
        return most + Math.log(sum);
    }
}
