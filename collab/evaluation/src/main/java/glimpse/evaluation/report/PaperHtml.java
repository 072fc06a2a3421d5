package glimpse.evaluation.report;

import glimpse.evaluation.metrics.BudgetChoice;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.table.Headline;
import glimpse.evaluation.table.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The paper's method beside the chosen points, for the page. */
final class PaperHtml {
    private PaperHtml() {}

    /** Returns a paragraph; an empty string if the paper's method wasn't chosen beside. */
    static String sentence(ResultTable table, ChosenPoint chosen) {
        String sentence = Headline.paperSentence(table, chosen);
        return sentence.isEmpty() ? "" : "<p class=\"lead\">" + Html.escaped(sentence) + "</p>\n";
    }

    /**
     * Returns what was chosen for each budget as a section, with the results in the table; an empty string if there is
     * nothing of it in the table.
     */
    static String budgets(ResultTable table, ChosenPoint chosen) {
        List<List<String>> rows = new ArrayList<>();
        for (BudgetChoice budget : chosen.budgets()) {
            Optional<TableRow> best = table.row(budget.best().point());
            Optional<TableRow> paper = budget.paper().flatMap(choice -> table.row(choice.point()));
            best.ifPresent(row -> rows.add(cells(budget.budget(), row, paper)));
        }
        return rows.isEmpty()
                ? ""
                : "<h2>Within a budget</h2>\n<p>What was chosen on " + Html.escaped(chosen.chosenOn())
                        + ", for at most so much communication, and its results on the images of this page; beside it, what"
                        + " was chosen in the same way of the paper's method.</p>\n"
                        + PointTables.table(
                                "texts",
                                List.of(
                                        "at most",
                                        "chosen",
                                        "the paper's method",
                                        "communication",
                                        "top-1",
                                        "the paper's communication",
                                        "its top-1",
                                        "difference, points"),
                                rows,
                                -1);
    }

    private static List<String> cells(double budget, TableRow best, Optional<TableRow> paper) {
        return List.of(
                Numbers.percent(budget),
                PointText.name(best.point()),
                paper.map(row -> PointText.name(row.point())).orElse("–"),
                Numbers.percent(best.cost()),
                Numbers.percent(best.collaborative().top1()),
                paper.map(row -> Numbers.percent(row.cost())).orElse("–"),
                paper.map(row -> Numbers.percent(row.collaborative().top1())).orElse("–"),
                paper.map(row -> String.format(
                                Locale.ROOT,
                                "%+.2f",
                                100
                                        * (best.collaborative().top1()
                                                - row.collaborative().top1())))
                        .orElse("–"));
    }
}
