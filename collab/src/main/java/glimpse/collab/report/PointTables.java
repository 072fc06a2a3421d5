package glimpse.collab.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Operating points as tables of a page. */
final class PointTables {
    private static final String RANDOM_LIKE = "random-like:";
    private static final int MOST_ROWS = 400;

    private PointTables() {}

    /** What the edge's attention is worth: each selection beside as many patches at random; nothing if none has both. */
    static String guidedAgainstRandom(List<OperatingPoint> points) {
        List<List<String>> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (OperatingPoint random : points) {
            if (!random.selection().startsWith(RANDOM_LIKE)
                    || !seen.add(random.score() + " " + random.selection() + " " + random.codec())) {
                continue;
            }
            counterpart(random, points)
                    .ifPresent(guided -> rows.add(List.of(
                            guided.score() + " / " + guided.selection(),
                            guided.codec(),
                            Html.percent(guided.serverOnKept()),
                            Html.percent(random.serverOnKept()),
                            String.format(
                                    Locale.ROOT, "%+.2f", 100 * (guided.serverOnKept() - random.serverOnKept())))));
        }
        if (rows.isEmpty()) {
            return "";
        }
        return "<h2>Attention against chance</h2>\n<p>The server's top-1 on the patches that the edge's attention chooses,"
                + " and on as many of each image at random, all images.</p>\n"
                + table("", List.of("selection", "codec", "attention", "random", "points"), rows, -1);
    }

    private static Optional<OperatingPoint> counterpart(OperatingPoint random, List<OperatingPoint> points) {
        String selection = random.selection().substring(RANDOM_LIKE.length());
        return points.stream()
                .filter(point -> point.selection().equals(selection)
                        && point.score().equals(random.score())
                        && point.codec().equals(random.codec()))
                .findFirst();
    }

    /** All points; of very many those that no other beats, and those that are there for comparison. */
    static String all(List<OperatingPoint> points, OperatingPoint chosen) {
        Set<OperatingPoint> front = new HashSet<>(ParetoFront.of(points));
        boolean many = points.size() > MOST_ROWS;
        List<OperatingPoint> shown = points.stream()
                .filter(point -> !many
                        || front.contains(point)
                        || point.equals(chosen)
                        || point.isFile()
                        || point.gate().equals("always"))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (OperatingPoint point : shown) {
            rows.add(List.of(
                    point.score(),
                    point.selection(),
                    point.gate(),
                    point.codec(),
                    Html.number("%.2f", point.meanKept()),
                    Html.percent(point.cost()),
                    Html.percent(point.collaborative()),
                    String.format(Locale.ROOT, "%,.0f", point.upBytes()),
                    front.contains(point) ? "yes" : ""));
        }
        String heading = many
                ? "<h2>Operating points</h2>\n<p>Of " + points.size()
                        + " those that no other beats, and those without a" + " gate; table.csv has all.</p>\n"
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

    /** A table that scrolls where it is too wide. */
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
