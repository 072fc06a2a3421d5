package glimpse.evaluation.metrics;

import glimpse.evaluation.plan.OperatingPoint;

/**
 * An operating point and its results on the images that it was chosen on. Immutable.
 *
 * @param point the operating point
 * @param top1 top-1 accuracy of edge and server together, 0..1
 * @param cost the paper's cost, 0..1
 */
public record Choice(OperatingPoint point, double top1, double cost) {
    static Choice of(TableRow row) {
        return new Choice(row.point(), row.collaborative().top1(), row.cost());
    }
}
