package glimpse.collab.evaluate;

import java.util.List;
import java.util.Optional;

/**
 * An evaluation's outcome: what holds for all rows, and the rows.
 *
 * @param images evaluated images: the base of every share
 * @param failed images that couldn't be evaluated
 * @param edge the edge alone
 * @param serverWhole the server alone on whole images, if it was asked for
 * @param rows one for each selection of patches, codec and gate, gates changing fastest; one for each file format without a gate
 */
public record ResultTable(int images, int failed, Accuracy edge, Optional<Accuracy> serverWhole, List<TableRow> rows) {
    /** Copies the rows. */
    public ResultTable {
        rows = List.copyOf(rows);
    }
}
