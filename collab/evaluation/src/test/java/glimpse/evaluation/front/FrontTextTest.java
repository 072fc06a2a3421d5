package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontTextTest {
    private static final Question BUDGET = new Question.Within(Measure.BYTES, 1000);
    private static final Question TARGET = new Question.Reaching(Measure.BYTES, 0.9);

    private static FrontRow row(
            Question question, String upload, String server, boolean gated, double top1, double bytes) {
        Upload sent = Upload.parse(upload);
        return new FrontRow(
                question,
                Method.of(sent, server, gated),
                new OperatingPoint(sent, OffloadGate.always()),
                new Figures(top1, 0.1, bytes),
                new Figures(top1, 0.1, bytes),
                new Interval(top1 - 0.01, top1 + 0.01),
                Optional.empty(),
                Optional.empty(),
                question instanceof Question.Reaching ? bytes : Double.NaN);
    }

    private static Front front(FrontRow... rows) {
        return new Front(
                750,
                "test, 750 images",
                "held-out, 500 images",
                0.861,
                List.of(new Front.Server("stock", 0.951), new Front.Server("glimpses", 0.955)),
                List.of(rows));
    }

    private static FrontRow compared(FrontRow row, Difference paper, Difference whole) {
        return row.compared(row.interval(), Optional.of(paper), Optional.of(whole));
    }

    @Test
    void itSaysWhichDifferencesAreReal() {
        FrontRow best = compared(
                row(BUDGET, "mean/top:40+diverse:0.5/glimpse:50", "glimpses", true, 0.932, 990),
                new Difference(0.021, new Interval(0.008, 0.035)),
                new Difference(0.004, new Interval(-0.006, 0.015)));
        FrontRow whole = row(BUDGET, "file/jpeg:10", "stock", true, 0.928, 950);
        assertThat(FrontText.findings(front(best, whole), Measure.BYTES))
                .containsExactly(
                        "Within 1,000 bytes per image: 93.2 % with complementing patches to glimpses, really above the"
                                + " paper's method by 2.1 points (0.8 to 3.5), and with no real difference from whole JPEG to stock"
                                + " (+0.4 points, -0.6 to 1.5).");
    }

    @Test
    void itCountsTheBudgetsAtWhichADifferenceIsReal() {
        Difference real = new Difference(0.02, new Interval(0.01, 0.03));
        Difference unreal = new Difference(0.02, new Interval(-0.01, 0.05));
        FrontRow one = compared(row(BUDGET, "mean/top:40/raw", "glimpses", true, 0.93, 990), real, unreal);
        FrontRow other = compared(
                row(new Question.Within(Measure.BYTES, 2000), "mean/top:40/raw", "glimpses", true, 0.93, 990),
                unreal,
                unreal);
        assertThat(FrontText.summary(front(one, other), Measure.BYTES))
                .isEqualTo(
                        "The best patches are really above the paper's method at 1 of 2 budgets and really below at none;"
                                + " they are really above the best whole images at 0 of 2 budgets and really below at none.");
        assertThat(FrontText.summary(front(one, other), Measure.COST)).isEmpty();
    }

    @Test
    void itSaysWhatAnAccuracyTakes() {
        Front front = front(
                row(TARGET, "mean/top:40+diverse:0.5/glimpse:50", "glimpses", false, 0.9, 900),
                row(TARGET, "mean/top:40+diverse:0.5/glimpse:50", "glimpses", true, 0.9, 300),
                row(TARGET, "file/jpeg:10", "stock", false, 0.9, 2000),
                row(TARGET, "file/jpeg:10@112", "stock", false, 0.9, 1800),
                row(TARGET, "file/jpeg:10", "glimpses", false, 0.9, 1500));
        assertThat(FrontText.findings(front, Measure.BYTES))
                .containsExactly(
                        "90.0 % with every image sent takes 900 bytes with complementing patches to glimpses; whole"
                                + " images take 1,800 bytes with scaled-down JPEG to stock (0.50 of it), 1,500 bytes with whole"
                                + " JPEG to glimpses (0.60 of it).");
        assertThat(FrontText.findings(front, Measure.COST)).isEmpty();
    }

    @Test
    void itSaysWhatTheModelsReachAlone() {
        assertThat(FrontText.alone(front()))
                .isEqualTo(
                        "Alone, the edge reaches a top-1 accuracy of 86.1 %; on whole images, stock reaches 95.1 % and"
                                + " glimpses reaches 95.5 %.");
    }

    @Test
    void theTablesForATerminalHaveAllMethods() {
        String text = FrontTable.text(Fronts.two());
        assertThat(text)
                .contains(
                        "Top-1, %, within a budget of cost (+ or -: really above or below the paper's method)",
                        "the paper's method",
                        "complementing patches to glimpses, every image",
                        "Least bytes per image that reaches an accuracy, interpolated");
    }
}
