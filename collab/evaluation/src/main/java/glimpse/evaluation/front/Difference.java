package glimpse.evaluation.front;

import glimpse.evaluation.metrics.Interval;

/**
 * By how much one accuracy is above another on the same images.
 *
 * @param top1 the difference, -1..1
 * @param interval its 95 % interval
 */
public record Difference(double top1, Interval interval) {
    /** Returns whether the interval excludes 0, so that these images show a difference. */
    public boolean isReal() {
        return interval.low() > 0 || interval.high() < 0;
    }
}
