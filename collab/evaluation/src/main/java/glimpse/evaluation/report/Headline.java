package glimpse.evaluation.report;

import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import java.util.Locale;

/** The results of an operating point in words. */
final class Headline {
    private Headline() {}

    /** Returns accuracy and communication in one sentence; the server alone is left out if it wasn't run. */
    static String sentence(ResultTable table, TableRow row) {
        double edge = table.edge().top1();
        double together = row.collaborative().top1();
        String server = table.serverBaseline()
                .map(baseline -> difference(together - baseline.top1()) + " the server alone ("
                        + Html.percent(baseline.top1()) + ") and ")
                .orElse("");
        return "Edge and server together classify " + Html.percent(together) + " of "
                + String.format(Locale.ROOT, "%,d", table.images()) + " images correctly, " + server
                + difference(together - edge) + " the edge alone (" + Html.percent(edge) + "), at "
                + Html.percent(row.cost()) + " of the communication of sending all images whole, a saving of "
                + Html.percent(1 - row.cost()) + ".";
    }

    private static String difference(double share) {
        String points = String.format(Locale.ROOT, "%.2f percentage points", Math.abs(100 * share));
        return points + (share < 0 ? " below" : " above");
    }
}
