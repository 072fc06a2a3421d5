package glimpse.collab.report;

import java.util.Locale;

/** What an operating point comes to, in words. */
final class Verdict {
    private Verdict() {}

    /** Accuracy and communication in one sentence. */
    static String sentence(OperatingPoint point) {
        String server = Double.isNaN(point.serverWhole())
                ? "(the server alone on whole images wasn't run)"
                : difference(point.collaborative() - point.serverWhole()) + " the server alone ("
                        + Html.percent(point.serverWhole()) + ")";
        return "Edge and server together are right on " + Html.percent(point.collaborative()) + " of "
                + String.format(Locale.ROOT, "%,d", point.images()) + " images, " + server + " and "
                + difference(point.collaborative() - point.edge()) + " the edge alone (" + Html.percent(point.edge())
                + "), with " + Html.percent(point.cost())
                + " of the communication of sending every image whole: " + Html.percent(1 - point.cost())
                + " are saved.";
    }

    private static String difference(double share) {
        String points = String.format(Locale.ROOT, "%.2f points", Math.abs(100 * share));
        return points + (share < 0 ? " below" : " above");
    }
}
