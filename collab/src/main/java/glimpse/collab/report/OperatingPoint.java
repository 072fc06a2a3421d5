package glimpse.collab.report;

import glimpse.collab.evaluate.Accuracy;
import glimpse.collab.evaluate.ResultTable;
import glimpse.collab.evaluate.TableRow;
import java.util.List;

/**
 * What a report takes from one row of table.json. Numbers that the row lacks are NaN.
 *
 * @param images evaluated images
 * @param edge top-1 of the edge alone, 0..1
 * @param serverWhole top-1 of the server on whole images, 0..1; NaN if it wasn't run
 * @param codec how pixels cross, or an image file's format
 * @param meanKept mean number of patches sent, over the offloaded images
 * @param cost the paper's communication cost, 0..1
 * @param collaborative top-1 of edge and server together, 0..1
 * @param serverOnKept top-1 of the server on what it is sent, over all images, 0..1
 * @param upBytes mean bytes up over all images
 */
record OperatingPoint(
        int images,
        double edge,
        double serverWhole,
        String score,
        String selection,
        String codec,
        String gate,
        double meanKept,
        double cost,
        double collaborative,
        double serverOnKept,
        double upBytes) {
    private static final String RAW = "raw";

    /** One point for each row, in their order. */
    static List<OperatingPoint> of(ResultTable table) {
        return table.rows().stream().map(row -> of(table, row)).toList();
    }

    private static OperatingPoint of(ResultTable table, TableRow row) {
        return new OperatingPoint(
                table.images(),
                table.edge().top1(),
                table.serverWhole().map(Accuracy::top1).orElse(Double.NaN),
                SendingText.score(row.sending()),
                SendingText.selection(row.sending()),
                SendingText.codec(row.sending()),
                row.gate().spec(),
                row.meanKept(),
                row.cost(),
                row.collaborative().top1(),
                row.serverOnKept().top1(),
                row.communication().upPerImage());
    }

    /** What is drawn alike: the score, the kind of selection and the codec. */
    String method() {
        if (isFile()) {
            return "whole image, " + codec.split(":", 2)[0];
        }
        return score + " / " + selection.split(":", 2)[0] + (codec.equals(RAW) ? "" : ", " + codec);
    }

    /** The point in words. */
    String name() {
        if (isFile()) {
            return "every image whole, " + codec;
        }
        return score + " / " + selection + (codec.equals(RAW) ? "" : ", " + codec) + ", " + gate;
    }

    /** Whether images are sent whole, as files. */
    boolean isFile() {
        return selection.equals(SendingText.FILE);
    }

    /** Whether the edge's attention chose nothing: whole images as files, or patches at random. */
    boolean isComparison() {
        return isFile() || selection.startsWith("random");
    }
}
