package glimpse.evaluation.table;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.BudgetChoice;
import glimpse.evaluation.metrics.Choice;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.PaperChoice;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.Rows;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {
    private static final String CHOSEN = "mean/top:20/raw/always";

    @Test
    void theChosenPointComesFirstWithItsComparisons() {
        List<String> lines = sweep(
                row("mean/top:10/raw/always", 0.1, 0.72),
                row("mean/random-matched:top:20/raw/always", 0.2, 0.71),
                row("mean/random-matched:top:10/raw/always", 0.1, 0.70),
                row(CHOSEN, 0.2, 0.8),
                row("file/jpeg:50/always", 1, 0.79));
        int titles = indexOfTitles(lines, 0);
        assertThat(uploads(lines, titles))
                .containsExactly("mean/top:20/raw", "mean/random-matched:top:20/raw", "file/jpeg:50");
    }

    @Test
    void whatAllRowsShareAndWhereThePointWasChosenComesFirst() {
        List<String> lines = sweep(row(CHOSEN, 0.25, 0.8), row("mean/top:40/raw/always", 0.5, 0.9));
        assertThat(lines.getFirst())
                .isEqualTo(
                        "500 images, 2 more failed; edge alone top-1 0.7060, top-5 0.9280; server on whole images top-1"
                                + " 0.8200, top-5 0.9500");
        assertThat(lines.get(2)).isEqualTo("The operating point was chosen on other images. It and its comparisons:");
    }

    @Test
    void theConclusionIsOnTheChosenPoint() {
        ResultTable table = Rows.table(0.82, row(CHOSEN, 0.25, 0.8), row("mean/top:40/raw/always", 0.5, 0.9));
        assertThat(ConsoleTable.conclusion(table, chosen(CHOSEN)))
                .startsWith("\nEdge and server together classify 80.00 %")
                .endsWith(" a saving of 75.00 %.\n");
        assertThat(ConsoleTable.conclusion(table, chosen("mean/top:30/raw/always")))
                .isEmpty();
    }

    @Test
    void thePapersMethodStandsBesideTheChosenPointAndWithinEachBudget() {
        String best = "mean/top:20+diverse:0.6/raw/always";
        ChosenPoint chosen = new ChosenPoint(
                OperatingPoint.parse(best),
                "other images",
                Map.of(),
                Optional.of(new PaperChoice(choice("mean/top:40/raw/always"), choice("mean/top:20/raw/always"))),
                List.of(
                        new BudgetChoice(0.3, choice(best), Optional.of(choice("mean/top:20/raw/always"))),
                        new BudgetChoice(0.1, choice("mean/top:9/raw/always"), Optional.empty())));
        ResultTable table = Rows.table(
                0.82,
                row("mean/top:20/raw/always", 0.2, 0.77),
                row("mean/top:40/raw/always", 0.4, 0.81),
                row("mean/top:50/raw/always", 0.5, 0.811),
                row("mean/top:9/raw/always", 0.1, 0.7),
                row(best, 0.2, 0.8));
        List<String> lines = ConsoleTable.ofSweep(table, chosen).lines().toList();
        assertThat(uploads(lines, indexOfTitles(lines, 0)))
                .containsExactly("mean/top:20+diverse:0.6/raw", "mean/top:20/raw", "mean/top:40/raw");
        int budget = lines.indexOf("Chosen there for at most 30.00 % of the communication, and the paper's method:");
        assertThat(uploads(lines, indexOfTitles(lines, budget)))
                .containsExactly("mean/top:20+diverse:0.6/raw", "mean/top:20/raw");
        budget = lines.indexOf("Chosen there for at most 10.00 % of the communication:");
        assertThat(uploads(lines, indexOfTitles(lines, budget))).containsExactly("mean/top:9/raw");
        assertThat(ConsoleTable.conclusion(table, chosen))
                .endsWith(
                        " The paper's method, patches by attention alone in one message, classifies 81.00 % correctly at"
                                + " 40.00 % of the communication at its own best point, and 77.00 % correctly at 20.00 % of the"
                                + " communication at no more than the same cost.\n");
    }

    @Test
    void theParetoFrontFollowsWithoutComparisonsAndDominatedPoints() {
        List<String> lines = sweep(
                row("mean/top:10/raw/always", 0.1, 0.72),
                row("mean/top:11/raw/always", 0.15, 0.71),
                row("mean/random:15:0/raw/always", 0.15, 0.79),
                row(CHOSEN, 0.2, 0.8),
                row("mean/top:40/raw/always", 0.4, 0.9));
        assertThat(lines).contains("The Pareto front, 2 of 2 further points (table.csv has all 5):");
        int first = indexOfTitles(lines, 0);
        assertThat(uploads(lines, indexOfTitles(lines, first + 1)))
                .containsExactly("mean/top:10/raw", "mean/top:40/raw");
    }

    @Test
    void withoutFurtherPointsOnTheFrontNothingFollows() {
        List<String> lines = sweep(row(CHOSEN, 0.2, 0.8), row("mean/top:11/raw/always", 0.3, 0.7));
        assertThat(lines).noneMatch(line -> line.startsWith("The Pareto front"));
        assertThat(uploads(lines, indexOfTitles(lines, 0))).containsExactly("mean/top:20/raw");
    }

    @Test
    void aLongFrontIsThinnedEvenlyFromTheCheapestToTheMostExpensive() {
        List<TableRow> rows = new ArrayList<>();
        for (int i = 34; i > 0; i--) {
            rows.add(row("mean/top:" + (100 + i) + "/raw/always", i / 100.0, 0.5 + i / 100.0));
        }
        rows.add(row(CHOSEN, 0.9, 0.1));
        List<String> lines = sweep(rows.toArray(TableRow[]::new));
        assertThat(lines).contains("The Pareto front, 12 of 34 further points (table.csv has all 35):");
        List<String> shown = uploads(lines, indexOfTitles(lines, indexOfTitles(lines, 0) + 1));
        assertThat(shown)
                .containsExactly(
                        "mean/top:101/raw",
                        "mean/top:104/raw",
                        "mean/top:107/raw",
                        "mean/top:110/raw",
                        "mean/top:113/raw",
                        "mean/top:116/raw",
                        "mean/top:119/raw",
                        "mean/top:122/raw",
                        "mean/top:125/raw",
                        "mean/top:128/raw",
                        "mean/top:131/raw",
                        "mean/top:134/raw");
    }

    @Test
    void textIsAlignedLeftAndNumbersRight() {
        List<String> lines = ConsoleTable.of(Rows.table(
                        0.82,
                        row("mean/top:2/raw/always", 0.1, 0.7),
                        row("mean/top:200/raw/min-entropy:0.8", 0.2, 0.8)))
                .lines()
                .toList();
        assertThat(lines.get(2)).startsWith("upload            gate               kept   lowest");
        assertThat(lines.get(3)).startsWith("mean/top:2/raw    always           137.87  0.00100");
        assertThat(lines.get(4)).startsWith("mean/top:200/raw  min-entropy:0.8  137.87  0.00100");
    }

    @Test
    void withoutFailuresNoneAreMentioned() {
        ResultTable table = new ResultTable(
                500, 0, new Accuracy(0.706, 0.928), Optional.empty(), List.of(row("mean/all/raw/always", 1, 0.8)));
        assertThat(ConsoleTable.of(table)).startsWith("500 images; edge alone top-1 0.7060, top-5 0.9280\n\n");
    }

    @Test
    void whereThereIsNoNumberThereIsADash() {
        ResultTable table = new ResultTable(0, 5, new Accuracy(Double.NaN, Double.NaN), Optional.empty(), List.of());
        assertThat(ConsoleTable.of(table)).startsWith("0 images, 5 more failed; edge alone top-1 -, top-5 -\n");
    }

    private static List<String> sweep(TableRow... rows) {
        ResultTable table = Rows.table(0.82, rows);
        return ConsoleTable.ofSweep(table, chosen(CHOSEN)).lines().toList();
    }

    private static ChosenPoint chosen(String spec) {
        return new ChosenPoint(OperatingPoint.parse(spec), "other images", Map.of());
    }

    private static Choice choice(String spec) {
        return new Choice(OperatingPoint.parse(spec), 0.9, 0.1); // on the images that it was chosen on
    }

    private static int indexOfTitles(List<String> lines, int from) {
        int index = from;
        while (!lines.get(index).startsWith("upload ")) {
            index++;
        }
        return index;
    }

    private static List<String> uploads(List<String> lines, int titles) {
        return lines.stream()
                .skip(titles + 1L)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private static TableRow row(String spec, double cost, double top1) {
        return Rows.row(OperatingPoint.parse(spec), cost, top1);
    }
}
