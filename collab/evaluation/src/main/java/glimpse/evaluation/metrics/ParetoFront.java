package glimpse.evaluation.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds the rows that no other row dominates by being at least as accurate and as cheap, and better in one of the two.
 */
public final class ParetoFront {
    private ParetoFront() {}

    /** Returns the front by the paper's cost, cheapest first; of equal rows the first. */
    public static List<TableRow> of(List<TableRow> rows) {
        return of(rows, TableRow::cost);
    }

    /** Returns the front by another measure of cost, cheapest first; of equal rows the first. */
    public static List<TableRow> of(List<TableRow> rows, ToDoubleFunction<TableRow> cost) {
        List<TableRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(cost)
                .thenComparing(Comparator.comparingDouble(
                                (TableRow row) -> row.collaborative().top1())
                        .reversed()));
        List<TableRow> front = new ArrayList<>();
        for (TableRow row : sorted) {
            if (front.isEmpty()
                    || row.collaborative().top1()
                            > front.getLast().collaborative().top1()) {
                front.add(row);
            }
        }
        return front;
    }
}
