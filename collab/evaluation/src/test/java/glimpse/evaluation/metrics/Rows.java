package glimpse.evaluation.metrics;

import glimpse.evaluation.plan.OperatingPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows and tables of made-up figures. */
public final class Rows {
    private Rows() {}

    /** Returns the operating point of four texts. */
    public static OperatingPoint point(String score, String selection, String codec, String gate) {
        Map<String, String> fields = Map.of("score", score, "selection", selection, "codec", codec, "gate", gate);
        return OperatingPoint.of(name -> fields.getOrDefault(name, ""));
    }

    /** Returns a row of an operating point. */
    public static TableRow row(OperatingPoint point, double cost, double top1) {
        return row(point, cost, top1, 1000);
    }

    /** Returns a row of an operating point that sends the given bytes per image. */
    public static TableRow row(OperatingPoint point, double cost, double top1, double upBytes) {
        return new TableRow(
                point,
                240,
                137.865,
                0.001,
                0.97,
                cost,
                new Accuracy(top1, 0.92),
                new Accuracy(0.702, 0.918),
                new Communication(upBytes, 25, 2 * upBytes, 49, 0.3, 0.6, 2, 4));
    }

    /** Returns a table of 500 images with the edge alone at 0.706. */
    public static ResultTable table(double serverTop1, TableRow... rows) {
        return new ResultTable(
                500, 2, new Accuracy(0.706, 0.928), Optional.of(new Accuracy(serverTop1, 0.95)), List.of(rows));
    }
}
