package glimpse.evaluation.front;

import glimpse.evaluation.metrics.Interval;
import java.util.Optional;

/**
 * What reaching an accuracy takes, interpolated on a method's measured curve. Immutable.
 *
 * @param amount communication per image
 * @param interval its 95 % interval; an end is infinite where the accuracy is out of reach
 * @param missed the share of the draws of images in which it is, 0..1
 * @param patches what the best patches take of it; only for whole images of which every one is sent
 */
public record Reached(double amount, Interval interval, double missed, Optional<Ratio> patches) {
    /** Makes what isn't compared yet. */
    static Reached uncompared(double amount) {
        return new Reached(amount, new Interval(0, Double.POSITIVE_INFINITY), 0, Optional.empty());
    }

    /**
     * What some method takes, divided by what another one takes for the same accuracy.
     *
     * @param value the quotient
     * @param interval its 95 % interval; its end is infinite where the first method doesn't reach the accuracy and 0
     *     where the other doesn't
     * @param missed the share of the draws of images in which one of them doesn't, 0..1
     */
    public record Ratio(double value, Interval interval, double missed) {
        /** Returns whether the interval excludes 1, so that these images show a difference. */
        public boolean isReal() {
            return interval.high() < 1 || interval.low() > 1;
        }
    }
}
