package glimpse.evaluation.table;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Choice;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.PaperChoice;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.Rows;
import glimpse.evaluation.metrics.TableRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    @Test
    void bothDifferencesHaveTheirSigns() {
        assertThat(sentence(0.75, row(0.25, 0.8)))
                .isEqualTo(
                        "Edge and server together classify 80.00 % of 500 images correctly, 5.00 percentage points above"
                                + " the server alone (75.00 %) and 9.40 percentage points above the edge alone (70.60 %), at"
                                + " 25.00 % of the communication of sending all images whole, a saving of 75.00 %.");
        assertThat(sentence(0.75, row(0.25, 0.7)))
                .contains(
                        "5.00 percentage points below the server alone",
                        "0.60 percentage points below the edge alone (70.60 %)");
    }

    @Test
    void asAccurateIsNotBelow() {
        assertThat(sentence(0.75, row(0.25, 0.75))).contains("0.00 percentage points above the server alone");
    }

    @Test
    void thousandsOfImagesAreGrouped() {
        TableRow row = row(0.5, 0.8);
        ResultTable table = new ResultTable(10_000, 0, new Accuracy(0.7, 0.9), Optional.empty(), List.of(row));
        assertThat(Headline.sentence(table, row)).contains("80.00 % of 10,000 images correctly, 10.00");
    }

    @Test
    void thePapersMethodAtNoHigherCostIsNotSaidTwice() {
        TableRow paper = row(0.25, 0.75);
        Choice choice = new Choice(paper.point(), 0.9, 0.1);
        assertThat(Headline.paperSentence(
                        Rows.table(0.8, paper),
                        new ChosenPoint(
                                paper.point(),
                                "images",
                                Map.of(),
                                Optional.of(new PaperChoice(choice, choice)),
                                List.of())))
                .isEqualTo(
                        "The paper's method, patches by attention alone in one message, classifies 75.00 % correctly at"
                                + " 25.00 % of the communication at its own best point, which costs no more.");
    }

    @Test
    void aPaperPointThatTheTableDoesNotHaveIsLeftOut() {
        TableRow row = row(0.25, 0.75);
        Choice other = new Choice(Rows.point("mean", "top:3", "raw", "always"), 0.9, 0.1);
        ChosenPoint chosen =
                new ChosenPoint(row.point(), "images", Map.of(), Optional.of(new PaperChoice(other, other)), List.of());
        assertThat(Headline.paperSentence(Rows.table(0.8, row), chosen)).isEmpty();
    }

    private static String sentence(double server, TableRow row) {
        return Headline.sentence(Rows.table(server, row), row);
    }

    private static TableRow row(double cost, double top1) {
        return Rows.row(Rows.point("mean", "all", "raw", "always"), cost, top1);
    }
}
