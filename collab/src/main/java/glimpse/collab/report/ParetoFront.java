package glimpse.collab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The points that no other beats: none costs as little or less and is more accurate, or costs less and is as accurate. */
final class ParetoFront {
    private ParetoFront() {}

    /** The front by the paper's cost, cheapest first; of equal points the first. */
    static List<OperatingPoint> of(List<OperatingPoint> points) {
        return of(points, OperatingPoint::cost);
    }

    /** The front by another measure of what a point costs. */
    static List<OperatingPoint> of(List<OperatingPoint> points, ToDoubleFunction<OperatingPoint> cost) {
        List<OperatingPoint> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(cost)
                .thenComparing(Comparator.comparingDouble(OperatingPoint::collaborative)
                        .reversed()));
        List<OperatingPoint> front = new ArrayList<>();
        for (OperatingPoint point : sorted) {
            if (front.isEmpty() || point.collaborative() > front.getLast().collaborative()) {
                front.add(point);
            }
        }
        return front;
    }

    /**
     * The cheapest point whose accuracy is at most a margin below the server's on whole images; where none is, or the
     * server wasn't run on whole images, the most accurate. Points that are there for comparison are chosen only if
     * there are no others, and so are points that cost more than is to be spent.
     *
     * @param margin a share of all images, 0.003 for 0.3 points
     * @param budget the most that a point may cost, 0..1
     */
    static OperatingPoint chosen(List<OperatingPoint> points, double margin, double budget) {
        List<OperatingPoint> guided = orAll(points, point -> !point.isComparison());
        List<OperatingPoint> front = of(orAll(guided, point -> point.cost() <= budget));
        return front.stream()
                .filter(point -> point.collaborative() >= point.serverWhole() - margin)
                .findFirst()
                .orElse(front.getLast());
    }

    private static List<OperatingPoint> orAll(List<OperatingPoint> points, Predicate<OperatingPoint> wanted) {
        List<OperatingPoint> some = points.stream().filter(wanted).toList();
        return some.isEmpty() ? points : some;
    }
}
