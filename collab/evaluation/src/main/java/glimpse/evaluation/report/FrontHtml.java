package glimpse.evaluation.report;

import glimpse.evaluation.front.Difference;
import glimpse.evaluation.front.Front;
import glimpse.evaluation.front.FrontFiles;
import glimpse.evaluation.front.FrontRow;
import glimpse.evaluation.front.FrontTable;
import glimpse.evaluation.front.FrontText;
import glimpse.evaluation.front.Measure;
import glimpse.evaluation.front.Method;
import glimpse.evaluation.front.Question;
import glimpse.evaluation.front.Reached;
import glimpse.evaluation.table.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The front as sections of the page: a chart and tables for each measure, and what was tried in vain. */
final class FrontHtml {
    private final Front front;

    private FrontHtml(Front front) {
        this.front = front;
    }

    /** Returns the sections; an empty string if the folder has no front. */
    static String of(Path folder) throws IOException {
        Path file = folder.resolve(FrontFiles.JSON_NAME);
        return Files.exists(file) ? of(FrontFiles.read(file)) : "";
    }

    /** Returns the sections. */
    static String of(Front front) {
        return new FrontHtml(front).html();
    }

    private String html() {
        StringBuilder html = new StringBuilder("<p class=\"lead\">")
                .append(Html.escaped(FrontText.alone(front)))
                .append("</p>\n<p>")
                .append(Html.escaped(FrontText.introduction(front)))
                .append("</p>\n");
        for (Measure measure : Measure.values()) {
            String chart = new FrontChart(front, measure).html();
            if (!chart.isEmpty()) {
                html.append(measure == Measure.COST ? "<h2>By the paper's cost</h2>\n" : "<h2>By true bytes</h2>\n")
                        .append(chart)
                        .append(note(measure))
                        .append(sentences(measure));
                FrontTable.layouts(front).stream()
                        .filter(layout -> layout.measure() == measure)
                        .forEach(layout -> html.append(table(layout)));
            }
        }
        return html.append(points()).append(FailedAttempts.html()).toString();
    }

    private static String note(Measure measure) {
        return "<p class=\"note\">"
                + (measure == Measure.COST
                        ? "The paper's cost is the share of all images' patches that is sent, so whole images aren't drawn: all of"
                                + " them cost the same, whatever their bytes."
                        : "Bytes are those of the messages, with headers, positions and all rounds; of a whole image those of its"
                                + " file alone.")
                + " Each mark is the point that was chosen for a budget, drawn where it was measured. What is far less"
                + " accurate than the edge alone is outside the chart.</p>\n";
    }

    private String sentences(Measure measure) {
        StringBuilder html = new StringBuilder("<p>")
                .append(Html.escaped(FrontText.summary(front, measure)))
                .append("</p>\n<ul class=\"findings\">\n");
        FrontText.findings(front, measure)
                .forEach(sentence ->
                        html.append("<li>").append(Html.escaped(sentence)).append("</li>\n"));
        return html.append("</ul>\n").toString();
    }

    private String table(FrontTable.Layout layout) {
        boolean budgets = layout.questions().getFirst() instanceof Question.Within;
        StringBuilder html =
                new StringBuilder("<h3>").append(Html.escaped(layout.title())).append("</h3>\n");
        html.append("<div class=\"scroll\" tabindex=\"0\">\n<table class=\"texts front-table\">\n<thead><tr><th"
                + " scope=\"col\">method</th>");
        layout.questions()
                .forEach(question -> html.append("<th scope=\"col\">")
                        .append(FrontTable.title(question))
                        .append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (Method method : layout.methods()) {
            html.append(method.equals(front.paper()) ? "<tr class=\"chosen\">" : "<tr>")
                    .append("<th scope=\"row\">")
                    .append(Html.escaped(front.name(method)))
                    .append("</th>");
            layout.questions().forEach(question -> html.append(cell(question, front.answer(question, method))));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>\n</div>\n");
        if (budgets) {
            html.append(
                    "<p class=\"note\">▲ really above the paper's method at the same budget, ▼ really below, no mark: no"
                            + " real difference. Underlined: the best where points were chosen.</p>\n");
        }
        return html.toString();
    }

    private String cell(Question question, Optional<FrontRow> answer) {
        if (answer.isEmpty()) {
            return "<td>–</td>";
        }
        FrontRow row = answer.get();
        boolean budget = question instanceof Question.Within;
        boolean best = budget
                && Front.best(front.answers(question)).filter(row::equals).isPresent();
        String mark = !budget
                ? ""
                : row.fromPaper()
                        .filter(Difference::isReal)
                        .map(difference ->
                                difference.top1() > 0 ? " <b class=\"up\">▲</b>" : " <b class=\"down\">▼</b>")
                        .orElse("");
        return "<td" + (best ? " class=\"best\"" : "") + " title=\"" + Html.escaped(details(row)) + "\">"
                + (budget
                        ? Numbers.number("%.1f", 100 * row.here().top1())
                        : row.reached().isEmpty() ? "–" : FrontTable.cell(question, answer))
                + mark + "</td>";
    }

    private static String details(FrontRow row) {
        return PointText.name(row.point())
                + String.format(
                        Locale.ROOT,
                        "; there %.1f %%, here %.1f %% at cost %.3f and %,.0f bytes",
                        100 * row.there().top1(),
                        100 * row.here().top1(),
                        row.here().cost(),
                        row.here().bytes());
    }

    /** Returns every chosen point with its intervals, folded. */
    private String points() {
        List<List<String>> rows = new ArrayList<>();
        for (FrontRow row : front.rows()) {
            rows.add(List.of(
                    row.question() instanceof Question.Within
                            ? "within " + FrontText.amount(row.question())
                            : "reaching " + Numbers.percent(row.question().value()) + " by "
                                    + row.question().measure().spec(),
                    front.name(row.method()),
                    PointText.name(row.point()),
                    Numbers.percent(row.there().top1()),
                    Numbers.percent(row.here().top1()),
                    range(row.interval().low(), row.interval().high()),
                    Numbers.number("%.4f", row.here().cost()),
                    Numbers.number("%,.0f", row.here().bytes()),
                    difference(row.fromPaper()),
                    difference(row.fromWhole()),
                    row.reached().isEmpty() ? "–" : FrontTable.cell(row.question(), Optional.of(row)),
                    row.reached()
                            .flatMap(Reached::patches)
                            .map(FrontTable::share)
                            .orElse("–")));
        }
        return "<details>\n<summary>All chosen points, with 95 % intervals</summary>\n"
                + PointTables.table(
                        "texts",
                        List.of(
                                "chosen for",
                                "method",
                                "point",
                                "top-1 there",
                                "top-1",
                                "interval",
                                "cost",
                                "bytes",
                                "from the paper's, points",
                                "from whole images, points",
                                "takes, interpolated",
                                "patches take of that"),
                        rows,
                        -1)
                + "</details>\n";
    }

    private static String range(double low, double high) {
        return String.format(Locale.ROOT, "%.1f to %.1f", 100 * low, 100 * high);
    }

    private static String difference(Optional<Difference> difference) {
        return difference
                .map(one -> String.format(
                        Locale.ROOT,
                        "%+.1f (%+.1f to %+.1f)",
                        100 * one.top1(),
                        100 * one.interval().low(),
                        100 * one.interval().high()))
                .orElse("–");
    }
}
