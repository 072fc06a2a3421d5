package glimpse.evaluation.paper;

import glimpse.evaluation.metrics.Interval;

/**
 * A figure of ours. Immutable.
 *
 * @param value the figure
 * @param interval its 95 % interval, as the images were drawn
 */
public record Measured(double value, Interval interval) {}
