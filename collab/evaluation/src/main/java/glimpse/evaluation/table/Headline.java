package glimpse.evaluation.table;

import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import java.util.Locale;
import java.util.Optional;

/** The results of an operating point in words. */
public final class Headline {
    private Headline() {}

    /** Returns accuracy and communication in one sentence; the server alone is left out if it wasn't run. */
    public static String sentence(ResultTable table, TableRow row) {
        double edge = table.edge().top1();
        double together = row.collaborative().top1();
        String server = table.serverBaseline()
                .map(baseline -> difference(together - baseline.top1()) + " the server alone ("
                        + Numbers.percent(baseline.top1()) + ") and ")
                .orElse("");
        return "Edge and server together classify " + Numbers.percent(together) + " of "
                + String.format(Locale.ROOT, "%,d", table.images()) + " images correctly, " + server
                + difference(together - edge) + " the edge alone (" + Numbers.percent(edge) + "), at "
                + Numbers.percent(row.cost()) + " of the communication of sending all images whole, a saving of "
                + Numbers.percent(1 - row.cost()) + ".";
    }

    /** Returns what the paper's method reaches on the same images in one sentence; empty if it wasn't chosen beside. */
    public static String paperSentence(ResultTable table, ChosenPoint chosen) {
        if (chosen.paper().isEmpty()) {
            return "";
        }
        Optional<TableRow> best = table.row(chosen.paper().get().best().point());
        Optional<TableRow> atCost = table.row(chosen.paper().get().atCost().point());
        if (best.isEmpty() || atCost.isEmpty()) {
            return "";
        }
        return "The paper's method, patches by attention alone in one message, classifies " + figures(best.get())
                + " at its own best point, "
                + (best.equals(atCost)
                        ? "which costs no more."
                        : "and " + figures(atCost.get()) + " at no more than the same cost.");
    }

    private static String figures(TableRow row) {
        return Numbers.percent(row.collaborative().top1()) + " correctly at " + Numbers.percent(row.cost())
                + " of the communication";
    }

    private static String difference(double share) {
        String points = String.format(Locale.ROOT, "%.2f percentage points", Math.abs(100 * share));
        return points + (share < 0 ? " below" : " above");
    }
}
