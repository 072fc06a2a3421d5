package glimpse.evaluation.report;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Times on links as a section of the page. */
final class LinkHtml {
    private LinkHtml() {}

    /**
     * Returns the times of the operating point, with and without its gate, and of files; an empty string without links.
     */
    static String of(List<LinkRow> all, OperatingPoint chosen) {
        List<List<String>> rows = new ArrayList<>();
        Set<Link> links = new LinkedHashSet<>();
        for (LinkRow row : all) {
            if (compares(row.point(), chosen)) {
                Upload upload = row.point().upload();
                links.add(row.link());
                rows.add(List.of(
                        row.link().name(),
                        upload.selection() + ", " + upload.codec() + (row.once() ? ", packets sent once" : ""),
                        row.point().when(),
                        three(row.latencyPerImage()),
                        three(row.radioPerImage())));
            }
        }
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder html =
                new StringBuilder("<h2>Time on a link</h2>\n<p>Milliseconds per image, p50 / p95 / p99 over"
                        + " all images; a confident image takes none. Times come from a model of TCP on the link and exclude"
                        + " the neural networks.</p>\n");
        html.append(PointTables.table("texts", List.of("link", "upload", "gate", "latency", "radio active"), rows, -1));
        for (Link link : Links.presets()) {
            if (links.contains(link)) {
                html.append("<p class=\"note\">")
                        .append(Html.escaped(link.name() + ": " + link.source()))
                        .append("</p>\n");
            }
        }
        return html.toString();
    }

    /** Returns whether a point is the chosen one, with its gate or without, or one of whole images. */
    static boolean compares(OperatingPoint point, OperatingPoint chosen) {
        OperatingPoint ungated = chosen.with(new OffloadGate.Always());
        return point.equals(chosen)
                || point.equals(ungated)
                || (point.upload() instanceof Upload.WholeFile
                        && !point.upload().isInRounds());
    }

    private static String three(Distribution millis) {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", millis.p50(), millis.p95(), millis.p99());
    }
}
