package glimpse.evaluation.metrics;

import glimpse.evaluation.plan.OperatingPoint;
import java.util.List;
import java.util.Optional;

/**
 * The results of an evaluation: what all operating points share, and a row for each. Immutable.
 *
 * @param images number of evaluated images, to which every share refers
 * @param failed number of images that couldn't be evaluated
 * @param edge the edge alone
 * @param serverBaseline the server alone on whole images, if it was run
 * @param rows one per operating point: gates vary fastest, then rules that end rounds, then codecs, then selections;
 *     image files come last
 */
public record ResultTable(
        int images, int failed, Accuracy edge, Optional<Accuracy> serverBaseline, List<TableRow> rows) {
    /** Copies the rows. */
    public ResultTable {
        rows = List.copyOf(rows);
    }

    /** Returns whether any upload is in rounds. */
    public boolean hasRounds() {
        return rows.stream().anyMatch(row -> row.point().upload().isInRounds());
    }

    /** Returns the row of an operating point; empty if the table doesn't have it. */
    public Optional<TableRow> row(OperatingPoint point) {
        return rows.stream().filter(row -> row.point().equals(point)).findFirst();
    }

    /** Returns the server baseline's top-1 accuracy, 0..1; NaN if it wasn't run. */
    public double serverBaselineTop1() {
        return serverBaseline.map(Accuracy::top1).orElse(Double.NaN);
    }
}
