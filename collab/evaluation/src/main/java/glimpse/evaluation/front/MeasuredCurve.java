package glimpse.evaluation.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A method's accuracy against its communication, through measured points: the closest curve that never falls (pool
 * adjacent violators), since more communication lets a method do at least as well. Immutable.
 */
final class MeasuredCurve {
    private final List<Step> steps; // by communication, accuracies ascending

    /** Points that the curve gives one accuracy. */
    private record Step(double first, double last, double top1, int points) {
        Step and(Step next) {
            int both = points + next.points;
            return new Step(first, next.last, (top1 * points + next.top1 * next.points) / both, both);
        }
    }

    private MeasuredCurve(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Fits the curve to points. */
    static MeasuredCurve of(List<Figures> points, Measure measure) {
        return of(
                points.stream().mapToDouble(point -> point.of(measure)).toArray(),
                points.stream().mapToDouble(Figures::top1).toArray());
    }

    /**
     * Fits the curve to points.
     *
     * @param spent {@code [points]}, their communication
     * @param top1 {@code [points]}, their accuracy
     */
    static MeasuredCurve of(double[] spent, double[] top1) {
        Step[] points = new Step[spent.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new Step(spent[i], spent[i], top1[i], 1);
        }
        Arrays.sort(points, Comparator.comparingDouble(Step::first));
        List<Step> steps = new ArrayList<>();
        for (Step point : points) {
            Step step = point;
            while (!steps.isEmpty() && steps.getLast().top1() >= step.top1()) {
                step = steps.removeLast().and(step);
            }
            steps.add(step);
        }
        return new MeasuredCurve(steps);
    }

    /**
     * Returns the communication at which the curve reaches an accuracy, between two steps interpolated on a logarithmic
     * scale; that of the first point if it is above, NaN if the curve doesn't reach it.
     */
    double reaching(double top1) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.top1() >= top1) {
                return i == 0 ? step.first() : between(steps.get(i - 1), step, top1);
            }
        }
        return Double.NaN;
    }

    private static double between(Step below, Step above, double top1) {
        double share = (top1 - below.top1()) / (above.top1() - below.top1());
        return below.last() > 0 ? below.last() * Math.pow(above.first() / below.last(), share) : above.first() * share;
    }
}
