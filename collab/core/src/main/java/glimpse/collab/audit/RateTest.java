package glimpse.collab.audit;

/**
 * Tests one observation at a time whether a rate has left an interval. Its evidence is the likelihood of the
 * observations with a uniformly distributed rate, relative to that with whichever rate of the interval fits them best
 * (universal inference: Wasserman, Ramdas and Balakrishnan, PNAS 2020). As long as the rate is in the interval, the
 * probability that the evidence ever reaches {@code 1/alpha} is at most alpha (Ville's inequality), however long one
 * watches. Not safe for use by several threads.
 */
final class RateTest {
    private final double low;
    private final double high;
    private long count;
    private long successes;
    private double logMixture;

    /**
     * Starts without observations.
     *
     * @param low the lowest rate that is as expected, 0..1
     * @param high the highest rate that is as expected, {@code low}..1
     */
    RateTest(double low, double high) {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("the rates are " + low + ".." + high + ", expected 0..1, ascending");
        }
        this.low = low;
        this.high = high;
    }

    /** Takes an observation. */
    void add(boolean success) {
        long alike = success ? successes : count - successes;
        logMixture += Math.log((alike + 1.0) / (count + 2.0)); // Laplace's rule: what the mixture expects next
        count++;
        successes += success ? 1 : 0;
    }

    /** Returns the natural logarithm of the evidence that the rate is outside the interval; 0 at the start. */
    double logEvidence() {
        if (count == 0) {
            return 0;
        }
        double best = Math.clamp((double) successes / count, low, high);
        return logMixture - logPower(best, successes) - logPower(1 - best, count - successes);
    }

    private static double logPower(double rate, long times) {
        return times == 0 ? 0 : times * Math.log(rate);
    }

    /** Returns the number of observations. */
    long count() {
        return count;
    }

    /** Returns the share of successes; NaN at the start. */
    double rate() {
        return (double) successes / count;
    }

    /** Returns the highest rate that is as expected. */
    double high() {
        return high;
    }

    /** Returns the lowest rate that is as expected. */
    double low() {
        return low;
    }
}
