package glimpse.evaluation.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds the points that no other point dominates by being at least as accurate and as cheap, and better in one of the
 * two.
 */
public final class ParetoFront {
    private ParetoFront() {}

    /** Returns the front by the paper's cost, cheapest first; of equal rows the first. */
    public static List<TableRow> of(List<TableRow> rows) {
        return of(rows, TableRow::cost);
    }

    /** Returns the front by another measure of cost, cheapest first; of equal rows the first. */
    public static List<TableRow> of(List<TableRow> rows, ToDoubleFunction<TableRow> cost) {
        return of(rows, cost, row -> row.collaborative().top1());
    }

    /**
     * Returns the front of points of any kind, cheapest first; of equal points the first.
     *
     * @param cost of a point, in any unit
     * @param accuracy of a point, in any unit
     */
    public static <T> List<T> of(List<T> points, ToDoubleFunction<T> cost, ToDoubleFunction<T> accuracy) {
        List<T> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(cost)
                .thenComparing(Comparator.comparingDouble(accuracy).reversed()));
        List<T> front = new ArrayList<>();
        for (T point : sorted) {
            if (front.isEmpty() || accuracy.applyAsDouble(point) > accuracy.applyAsDouble(front.getLast())) {
                front.add(point);
            }
        }
        return front;
    }
}
