package glimpse.collab.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An evaluation's table as one HTML page that needs nothing beside itself; well-formed XML too. */
public final class HtmlReport {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1c1f23;--paper:#fff;--faint:#d5d9de;--mark:#fff3c9}
            @media (prefers-color-scheme:dark){:root{--ink:#e4e7ea;--paper:#15181b;--faint:#3a4046;--mark:#453b14}}
            @media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--faint:#bbb;--mark:#eee}}
            body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
            .lead{font-size:1.2rem}svg{width:100%;height:auto}svg text{font-size:12px;fill:var(--ink)}
            .grid{stroke:var(--faint)}.level{stroke:var(--ink);stroke-dasharray:2 5}.front{fill:none;stroke:var(--ink);stroke-width:1.5}
            .c0{fill:#0072b2}.c1{fill:#d55e00}.c2{fill:#009e73}.c3{fill:#cc79a7}.c4{fill:#e69f00}.c5{fill:#56b4e9}.c6{fill:#8a8f94}
            .legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:0;list-style:none}.legend svg{width:.9rem;height:.9rem}
            .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
            th,td{padding:.2rem .6rem;border-bottom:1px solid var(--faint);text-align:right;white-space:nowrap}
            th:nth-child(-n+3),td:nth-child(-n+3){text-align:left}.chosen{background:var(--mark);font-weight:600}
            @media print{.scroll{overflow:visible}table{font-size:.7rem}tr,svg{break-inside:avoid}}
            """;

    private final List<OperatingPoint> points;
    private final OperatingPoint chosen;

    private HtmlReport(List<OperatingPoint> points) {
        this.points = points;
        this.chosen = ParetoFront.chosen(points);
    }

    /**
     * The page.
     *
     * @param table table.json of an evaluation
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if it can't be read
     */
    public static String of(Path table) throws IOException {
        return new HtmlReport(TableReader.read(table)).html();
    }

    private String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + "<title>Glimpse: accuracy against communication</title>\n<style>\n" + STYLE
                + "</style>\n</head>\n<body>\n<h1>Accuracy against communication</h1>\n<p class=\"lead\">"
                + Html.escaped(sentence()) + "</p>\n<p>" + Html.escaped(choice()) + "</p>\n"
                + new Chart(points).html() + table() + "</body>\n</html>\n";
    }

    private String sentence() {
        String server = Double.isNaN(chosen.serverWhole())
                ? "(the server alone on whole images wasn't run)"
                : "against the server's " + Html.percent(chosen.serverWhole()) + " on whole images";
        return "Edge and server together are right on " + Html.percent(chosen.collaborative()) + " of "
                + chosen.images()
                + " images, " + server + " and " + Html.percent(chosen.edge()) + " of the edge alone, with "
                + Html.percent(1 - chosen.cost()) + " of the communication saved.";
    }

    private String choice() {
        return "That is " + chosen.name()
                + ": the cheapest point within 0.3 points of the server on whole images, or else"
                + " the most accurate one. Chosen on these very images, so a little flattered. Communication is the share"
                + " of all images' patches that is sent.";
    }

    private String table() {
        Set<OperatingPoint> front = new HashSet<>(ParetoFront.of(points));
        StringBuilder table =
                new StringBuilder("<h2>All operating points</h2>\n<div class=\"scroll\">\n<table>\n<thead><tr>");
        for (String title : List.of(
                "score", "selection", "gate", "patches sent", "communication", "top-1", "bytes up / image", "front")) {
            table.append("<th scope=\"col\">").append(title).append("</th>");
        }
        table.append("</tr></thead>\n<tbody>\n");
        for (OperatingPoint point : points) {
            table.append(point.equals(chosen) ? "<tr class=\"chosen\">" : "<tr>");
            for (String cell : List.of(
                    point.score(),
                    point.selection(),
                    point.gate(),
                    Html.number("%.2f", point.meanKept()),
                    Html.percent(point.cost()),
                    Html.percent(point.collaborative()),
                    String.format(Locale.ROOT, "%,.0f", point.upBytes()),
                    front.contains(point) ? "yes" : "")) {
                table.append("<td>").append(Html.escaped(cell)).append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody>\n</table>\n</div>\n").toString();
    }
}
