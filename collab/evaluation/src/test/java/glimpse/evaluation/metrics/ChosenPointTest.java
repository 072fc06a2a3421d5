package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.evaluation.plan.OperatingPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenPointTest {
    private static final double MARGIN = 0.25; // exact in binary, as are the accuracies beside it
    private static final OperatingPoint POINT = OperatingPoint.parse("mean/sum:0.97/raw/min-entropy:0.8");

    @Test
    void theCheapestPointNearTheServerIsChosen() {
        TableRow near = point(0.4, 0.818);
        assertThat(choose(1, point(0.1, 0.7), point(0.9, 0.83), near)).isEqualTo(near);
    }

    @Test
    void withoutAPointNearTheServerTheMostAccurateIsChosen() {
        TableRow best = point(0.4, 0.75);
        assertThat(choose(1, point(0.1, 0.7), best, point(0.9, 0.74))).isEqualTo(best);
    }

    @Test
    void aPointJustAMarginBelowTheServerIsNearEnough() {
        TableRow atTheMargin = point(0.2, 0.5);
        ResultTable table = Rows.table(0.75, point(0.9, 0.75), atTheMargin);
        assertThat(ChosenPoint.choose(table, MARGIN, 1)).isEqualTo(atTheMargin);
    }

    @Test
    void withoutAServerBaselineTheMostAccurateIsChosen() {
        TableRow best = point(0.9, 0.83);
        ResultTable table =
                new ResultTable(500, 0, new Accuracy(0.7, 0.9), Optional.empty(), List.of(point(0.1, 0.82), best));
        assertThat(ChosenPoint.choose(table, 0.5, 1)).isEqualTo(best);
    }

    @Test
    void withinTheBudgetTheCheapestNearTheServerOrElseTheMostAccurateIsChosen() {
        TableRow cheap = point(0.2, 0.75);
        TableRow middle = point(0.3, 0.8);
        TableRow near = point(0.4, 0.818);
        assertThat(choose(0.4, cheap, middle, near)).isEqualTo(near);
        assertThat(choose(0.35, cheap, middle, near)).isEqualTo(middle);
    }

    @Test
    void aBudgetThatNothingMeetsIsIgnored() {
        TableRow near = point(0.4, 0.818);
        assertThat(choose(0.1, point(0.2, 0.75), near)).isEqualTo(near);
    }

    @Test
    void aComparisonIsNotChosenHoweverGoodItIs() {
        TableRow guided = point(0.5, 0.75);
        TableRow random = row("mean/random-matched:sum:0.97/raw/always", 0.1, 0.82);
        TableRow file = row("file/png/always", 0.1, 0.82);
        assertThat(choose(1, random, guided, file)).isEqualTo(guided);
    }

    @Test
    void whereThereAreComparisonsAloneOneOfThemIsChosen() {
        TableRow better = row("mean/random:40:0/raw/always", 0.3, 0.8);
        assertThat(choose(1, row("mean/random:9:0/raw/always", 0.1, 0.6), better))
                .isEqualTo(better);
    }

    @Test
    void aChoiceHasTheFiguresOfItsRow() {
        TableRow row = Rows.row(POINT, 0.36, 0.81);
        ChosenPoint chosen = ChosenPoint.of(Rows.table(0.82, row), MARGIN, List.of(1.0), "some images");
        assertThat(chosen.point()).isEqualTo(POINT);
        assertThat(chosen.chosenOn()).isEqualTo("some images");
        assertThat(chosen.figures())
                .isEqualTo(Map.of(
                        "images",
                        500.0,
                        "edge_top1",
                        0.706,
                        "collaborative_top1",
                        0.81,
                        "cost",
                        0.36,
                        "server_whole_top1",
                        0.82));
    }

    @Test
    void aChoiceWithoutAServerBaselineHasNoFigureOfIt() {
        TableRow row = Rows.row(POINT, 0.36, 0.81);
        ResultTable table = new ResultTable(500, 0, new Accuracy(0.7, 0.9), Optional.empty(), List.of(row));
        assertThat(ChosenPoint.of(table, MARGIN, List.of(1.0), "some images").figures())
                .doesNotContainKey("server_whole_top1");
    }

    @Test
    void thePapersMethodIsChosenBesideAtItsBestAndAtTheCostOfTheOther() {
        TableRow best = row("mean/rounds:top:9,all/raw/always/margin:0.5", 0.2, 0.82);
        TableRow cheap = row("mean/top:9/raw/always", 0.15, 0.7);
        TableRow dear = row("mean/sum:0.9/raw/always", 0.5, 0.82);
        ChosenPoint chosen = ChosenPoint.of(
                Rows.table(0.82, cheap, best, dear, row("mean/random:9:0/raw/always", 0.1, 0.9)),
                0.003,
                List.of(1.0),
                "some images");
        assertThat(chosen.point()).isEqualTo(best.point());
        assertThat(chosen.paper())
                .contains(new PaperChoice(new Choice(dear.point(), 0.82, 0.5), new Choice(cheap.point(), 0.7, 0.15)));
        assertThat(chosen.budgets()).isEmpty();
        assertThat(chosen.points()).containsExactly(best.point(), dear.point(), cheap.point());
    }

    @Test
    void aTableOfThePapersMethodAloneHasNothingBeside() {
        TableRow paper = row("mean/top:9/raw/always", 0.15, 0.7);
        ResultTable table = Rows.table(0.82, paper, row("file/png/always", 1, 0.82));
        assertThat(ChosenPoint.of(table, 0.003, List.of(1.0), "some images").paper())
                .isEmpty();
    }

    @Test
    void ofSeveralBudgetsTheFirstIsThePointsOwn() {
        TableRow best = row("mean/top:20+diverse:0.6/raw/always", 0.4, 0.82);
        TableRow cheap = row("mean/top:9+diverse:0.6/raw/always", 0.1, 0.75);
        TableRow paper = row("mean/top:8/raw/always", 0.1, 0.7);
        ChosenPoint chosen =
                ChosenPoint.of(Rows.table(0.82, best, cheap, paper), 0.003, List.of(0.4, 0.2), "some images");
        assertThat(chosen.point()).isEqualTo(best.point());
        Optional<Choice> beside = Optional.of(new Choice(paper.point(), 0.7, 0.1));
        assertThat(chosen.budgets())
                .containsExactly(
                        new BudgetChoice(0.4, new Choice(best.point(), 0.82, 0.4), beside),
                        new BudgetChoice(0.2, new Choice(cheap.point(), 0.75, 0.1), beside));
        assertThat(chosen.points()).containsExactly(best.point(), paper.point(), cheap.point());
    }

    @Test
    void whatStandsBesideIsReadBack(@TempDir Path folder) throws IOException {
        Choice choice = new Choice(OperatingPoint.parse("mean/rounds:top:9,all/raw/always/margin:0.5"), 1.0 / 3, 0.1);
        ChosenPoint chosen = new ChosenPoint(
                POINT,
                "some images",
                Map.of(),
                Optional.of(new PaperChoice(choice, new Choice(POINT, 0.5, 0.2))),
                List.of(
                        new BudgetChoice(0.3, choice, Optional.of(new Choice(POINT, 0.5, 0.2))),
                        new BudgetChoice(0.2, choice, Optional.empty())));
        Path file = folder.resolve(ChosenPoint.FILE);
        chosen.write(file);
        assertThat(ChosenPoint.read(file)).isEqualTo(chosen);
    }

    @Test
    void aWrongBudgetIsRefusedByItsPlace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("point.json"), """
                {"score": "mean", "selection": "all", "codec": "raw", "gate": "never", "chosen_on": "images",
                 "budgets": [{"budget": 0.5, "best": {"score": "mean"}}]}
                """);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChosenPoint.read(file))
                .withMessage(file + ": budget 1: selection is missing, expected a text");
    }

    @Test
    void whatIsWrittenIsReadBack(@TempDir Path folder) throws IOException {
        for (String spec : List.of("mean/sum:0.97/raw/min-entropy:0.8", "file/jpeg:85/always")) {
            ChosenPoint chosen = new ChosenPoint(
                    OperatingPoint.parse(spec), "some images", Map.of("cost", 1.0 / 3, "images", 500.0));
            Path file = folder.resolve(ChosenPoint.FILE);
            chosen.write(file);
            assertThat(ChosenPoint.read(file)).isEqualTo(chosen);
        }
    }

    @Test
    void figuresThatAreNoNumbersAreIgnored(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("point.json"), """
                {"score": "mean", "selection": "all", "codec": "raw", "gate": "never", "chosen_on": "images",
                 "there": {"cost": 0.5, "images": null, "edge_top1": "high", "server_whole_top1": 1e999}}
                """);
        assertThat(ChosenPoint.read(file).figures()).isEqualTo(Map.of("cost", 0.5));
    }

    @Test
    void aFileWithoutAPointIsRefusedByName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("point.json"), "{\"score\": \"mean\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChosenPoint.read(file))
                .withMessage(file + ": selection is missing, expected a text");
    }

    private static TableRow choose(double budget, TableRow... rows) {
        return ChosenPoint.choose(Rows.table(0.82, rows), 0.003, budget);
    }

    private static TableRow point(double cost, double top1) {
        return Rows.row(POINT, cost, top1);
    }

    private static TableRow row(String spec, double cost, double top1) {
        return Rows.row(OperatingPoint.parse(spec), cost, top1);
    }
}
