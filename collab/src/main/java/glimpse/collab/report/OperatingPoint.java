package glimpse.collab.report;

/**
 * What a report takes from one row of table.json. Numbers that the row lacks are NaN.
 *
 * @param images evaluated images
 * @param edge top-1 of the edge alone, 0..1
 * @param serverWhole top-1 of the server on whole images, 0..1; NaN if it wasn't run
 * @param meanKept mean number of patches sent, over the offloaded images
 * @param cost the paper's communication cost, 0..1
 * @param collaborative top-1 of edge and server together, 0..1
 * @param upBytes mean bytes up over all images
 */
record OperatingPoint(
        int images,
        double edge,
        double serverWhole,
        String score,
        String selection,
        String gate,
        double meanKept,
        double cost,
        double collaborative,
        double upBytes) {
    /** What is drawn alike: the score and the kind of selection. */
    String method() {
        return score + " / " + selection.split(":", 2)[0];
    }

    /** The point in words. */
    String name() {
        return score + " / " + selection + ", " + gate;
    }
}
