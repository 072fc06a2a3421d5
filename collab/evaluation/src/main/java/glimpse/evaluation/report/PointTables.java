package glimpse.evaluation.report;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.metrics.ParetoFront;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.table.Numbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Operating points as tables of the page. */
final class PointTables {
    private static final int MOST_ROWS = 400;

    private PointTables() {}

    /** Returns each selection beside its random-matched counterpart; an empty string if none has one in the table. */
    static String guidedAgainstRandom(ResultTable table) {
        Map<Upload, TableRow> byUpload = new LinkedHashMap<>();
        table.rows().forEach(row -> byUpload.putIfAbsent(row.point().upload(), row));
        List<List<String>> rows = new ArrayList<>();
        for (TableRow guided : byUpload.values()) {
            Optional<TableRow> random =
                    guided.point().randomMatched().map(OperatingPoint::upload).map(byUpload::get);
            random.ifPresent(matched -> rows.add(guidedRow(guided, matched)));
        }
        if (rows.isEmpty()) {
            return "";
        }
        return "<h2>Attention vs. random selection</h2>\n<p>The server's top-1 accuracy on the patches that the edge's"
                + " attention selects, and on the same number of patches of each image selected at random; over all"
                + " images.</p>\n"
                + table("", List.of("selection", "codec", "attention", "random", "difference, points"), rows, -1);
    }

    private static List<String> guidedRow(TableRow guided, TableRow random) {
        Upload upload = guided.point().upload();
        double attention = guided.serverOnKept().top1();
        double atRandom = random.serverOnKept().top1();
        return List.of(
                upload.score() + " / " + upload.selection(),
                upload.codec(),
                Numbers.percent(attention),
                Numbers.percent(atRandom),
                String.format(Locale.ROOT, "%+.2f", 100 * (attention - atRandom)));
    }

    /** Returns all points or, of more than 400, the Pareto front, those without a gate and the chosen one. */
    static String all(ResultTable table, TableRow chosen) {
        Set<TableRow> front = new HashSet<>(ParetoFront.of(table.rows()));
        boolean many = table.rows().size() > MOST_ROWS;
        List<TableRow> shown = table.rows().stream()
                .filter(row -> !many
                        || front.contains(row)
                        || row.equals(chosen)
                        || row.point().gate() instanceof OffloadGate.Always)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (TableRow row : shown) {
            Upload upload = row.point().upload();
            rows.add(List.of(
                    upload.score(),
                    upload.selection(),
                    row.point().when(),
                    upload.codec(),
                    Numbers.number("%.2f", row.meanKept()),
                    Numbers.percent(row.cost()),
                    Numbers.percent(row.collaborative().top1()),
                    String.format(Locale.ROOT, "%,.0f", row.communication().upPerImage()),
                    front.contains(row) ? "yes" : ""));
        }
        String heading = many
                ? "<h2>Operating points</h2>\n<p>The Pareto front and the points without a gate, " + shown.size()
                        + " of " + table.rows().size() + " points; table.csv has all of them.</p>\n"
                : "<h2>All operating points</h2>\n";
        return heading
                + table(
                        "texts",
                        List.of(
                                "score",
                                "selection",
                                "gate",
                                "codec",
                                "patches sent",
                                "communication",
                                "top-1",
                                "bytes up / image",
                                "front"),
                        rows,
                        shown.indexOf(chosen));
    }

    /** Returns a table that scrolls where it is too wide, with one row marked. */
    static String table(String style, List<String> titles, List<List<String>> rows, int marked) {
        StringBuilder table = new StringBuilder("<div class=\"scroll\" tabindex=\"0\">\n<table class=\"")
                .append(style)
                .append("\">\n<thead><tr>");
        for (String title : titles) {
            table.append("<th scope=\"col\">").append(Html.escaped(title)).append("</th>");
        }
        table.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < rows.size(); i++) {
            table.append(i == marked ? "<tr class=\"chosen\">" : "<tr>");
            for (String cell : rows.get(i)) {
                table.append("<td>").append(Html.escaped(cell)).append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody>\n</table>\n</div>\n").toString();
    }
}
