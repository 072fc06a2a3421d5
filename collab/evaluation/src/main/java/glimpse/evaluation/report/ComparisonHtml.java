package glimpse.evaluation.report;

import glimpse.evaluation.paper.Comparison;
import glimpse.evaluation.paper.Comparison.Verdict;
import glimpse.evaluation.table.ComparisonText;
import java.util.List;

/** Published figures beside ours as a table of the page, grouped by setting. */
final class ComparisonHtml {
    private static final List<String> TITLES =
            List.of("figure", "published", "ours", "95 % interval", "difference", "source");

    private ComparisonHtml() {}

    static String table(List<Comparison> comparisons) {
        StringBuilder html =
                new StringBuilder("<div class=\"scroll\" tabindex=\"0\">\n<table class=\"comparison\">\n<thead><tr>");
        TITLES.forEach(title -> html.append("<th scope=\"col\">").append(title).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        String group = "";
        for (Comparison comparison : comparisons) {
            List<String> cells = ComparisonText.cells(comparison);
            if (!cells.getFirst().equals(group)) {
                group = cells.getFirst();
                html.append("<tr><th colspan=\"").append(TITLES.size()).append("\" scope=\"rowgroup\">");
                html.append(Html.escaped(group)).append("</th></tr>\n");
            }
            html.append(isOutside(comparison) ? "<tr class=\"outside\">" : "<tr>");
            cells.stream()
                    .skip(1)
                    .forEach(cell ->
                            html.append("<td>").append(Html.escaped(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n</div>\n").toString();
    }

    private static boolean isOutside(Comparison comparison) {
        return comparison.verdict() == Verdict.ABOVE || comparison.verdict() == Verdict.BELOW;
    }
}
