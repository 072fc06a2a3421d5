package glimpse.collab.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tests one observation at a time whether a rate has left an interval. The evidence of some observations is their
 * likelihood with a uniformly distributed rate, relative to that with whichever rate of the interval fits them best
 * (universal inference: Wasserman, Ramdas and Balakrishnan, PNAS 2020). A rate that leaves the interval late would be
 * hidden by what came before, so that the observations are counted from many starts, whose evidences are added with
 * weights that have a sum of 1. As long as the rate is in the interval, the probability that the evidence ever reaches
 * {@code 1/alpha} is at most alpha (Ville's inequality), however long one watches. Not safe for use by several threads.
 */
final class RateTest {
    private static final int MOST_STARTS = 64;
    private static final int NEWEST_STARTS = 32;

    private final double low;
    private final double high;
    private final int every;
    private final List<Start> starts = new ArrayList<>(); // the oldest first
    private long count;

    /**
     * Starts without observations.
     *
     * @param low the lowest rate that is as expected, 0..1
     * @param high the highest rate that is as expected, {@code low}..1
     * @param every number of observations from one start to the next, at least 1
     */
    RateTest(double low, double high, int every) {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("the rates are " + low + ".." + high + ", expected 0..1, ascending");
        }
        this.low = low;
        this.high = high;
        this.every = every;
    }

    /** Takes an observation. */
    void add(boolean success) {
        if (count % every == 0) {
            long number = count / every;
            starts.add(new Start(-Math.log(number + 1.0) - Math.log(number + 2.0)));
            forgetOne();
        }
        count++;
        starts.forEach(start -> start.add(success));
    }

    /** Bounds the memory. Evidence that is left out only makes an alarm less probable. */
    private void forgetOne() {
        if (starts.size() > MOST_STARTS) {
            starts.remove(starts.subList(0, starts.size() - NEWEST_STARTS).stream()
                    .min(Comparator.comparingDouble(Start::weightedLogEvidence))
                    .orElseThrow());
        }
    }

    /** Returns the natural logarithm of the evidence that the rate is, or has come to be, outside the interval. */
    double logEvidence() {
        long begun = (count + every - 1) / every;
        double most = -Math.log(begun + 1.0); // the weight of the starts that are to come, whose evidence is 1
        double sum = 1;
        for (Start start : starts) {
            double term = start.weightedLogEvidence();
            sum = term > most ? sum * Math.exp(most - term) + 1 : sum + Math.exp(term - most);
            most = Math.max(most, term);
        }
        return most + Math.log(sum);
    }

    /** Returns the observations since the start that has the most evidence: how many there are. */
    long count() {
        return starts.isEmpty() ? 0 : strongest().count;
    }

    /** Returns the observations since the start that has the most evidence: the share of successes. */
    double rate() {
        return starts.isEmpty() ? Double.NaN : (double) strongest().successes / strongest().count;
    }

    private Start strongest() {
        return starts.stream()
                .max(Comparator.comparingDouble(Start::weightedLogEvidence))
                .orElseThrow();
    }

    /** Returns the highest rate that is as expected. */
    double high() {
        return high;
    }

    /** Returns the lowest rate that is as expected. */
    double low() {
        return low;
    }

    /** The observations since one of them. */
    private final class Start {
        private final double logWeight;
        private long count;
        private long successes;
        private double logMixture;

        Start(double logWeight) {
            this.logWeight = logWeight;
        }

        void add(boolean success) {
            long alike = success ? successes : count - successes;
            logMixture += Math.log((alike + 1.0) / (count + 2.0)); // Laplace's rule: what the mixture expects next
            count++;
            successes += success ? 1 : 0;
        }

        double weightedLogEvidence() {
            double best = count == 0 ? low : Math.clamp((double) successes / count, low, high);
            return logWeight + logMixture - logPower(best, successes) - logPower(1 - best, count - successes);
        }

        private static double logPower(double rate, long times) {
            return times == 0 ? 0 : times * Math.log(rate);
        }
    }
}
