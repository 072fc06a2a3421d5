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
                question instanceof Question.Reaching ? Optional.of(reached(bytes)) : Optional.empty());
    }

    private static Reached reached(double bytes) {
        return new Reached(bytes, new Interval(bytes - 100, bytes + 200), 0, Optional.empty());
    }

    /** Makes whole images that take more or less than patches. */
    private static FrontRow whole(String upload, String server, double bytes, double ratio, Interval interval) {
        return takes(
                row(TARGET, upload, server, false, 0.9, bytes),
                new Reached(
                        bytes,
                        new Interval(bytes - 100, bytes + 200),
                        0,
                        Optional.of(new Reached.Ratio(ratio, interval, 0))));
    }

    private static FrontRow takes(FrontRow row, Reached reached) {
        return row.compared(row.interval(), row.fromPaper(), row.fromWhole(), Optional.of(reached));
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
        return row.compared(row.interval(), Optional.of(paper), Optional.of(whole), row.reached());
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
                whole("file/jpeg:10", "stock", 2000, 0.45, new Interval(0.4, 0.5)),
                whole("file/jpeg:10@112", "stock", 1800, 0.5, new Interval(0.41, 0.7)),
                whole("file/jpeg:10", "glimpses", 1500, 0.6, new Interval(0.5, 1.1)));
        assertThat(FrontText.findings(front, Measure.BYTES))
                .containsExactly(
                        "90.0 % with every image sent takes 900 bytes (800 to 1,100) with complementing patches to"
                                + " glimpses; whole images take 1,800 bytes (1,700 to 2,000) with scaled-down JPEG to stock"
                                + " (0.50 of it, 0.41 to 0.70: really less), 1,500 bytes (1,400 to 1,700) with whole JPEG to"
                                + " glimpses (0.60 of it, 0.50 to 1.10: no real difference).");
        assertThat(FrontText.findings(front, Measure.COST)).isEmpty();
        assertThat(FrontText.summary(front, Measure.BYTES))
                .isEqualTo(
                        "With every image sent, patches really take less than the best whole images to stock at 1 of 1"
                                + " accuracies and really more at none; to glimpses at 0 of 1 and really more at none.");
    }

    @Test
    void itSaysHowOftenAnAccuracyIsOutOfReach() {
        Reached.Ratio ratio = new Reached.Ratio(0.5, new Interval(0, 0.6), 0.04);
        FrontRow patches = takes(
                row(TARGET, "mean/top:40+diverse:0.5/glimpse:50", "glimpses", false, 0.9, 900),
                new Reached(900, new Interval(800, 1100), 0.01, Optional.empty()));
        FrontRow whole = takes(
                row(TARGET, "file/jpeg:10", "stock", false, 0.9, 1800),
                new Reached(1800, new Interval(1700, Double.POSITIVE_INFINITY), 0.04, Optional.of(ratio)));
        assertThat(FrontText.findings(front(patches, whole), Measure.BYTES))
                .containsExactly(
                        "90.0 % with every image sent takes 900 bytes (800 to 1,100; out of reach in 1.0 % of the draws)"
                                + " with complementing patches to glimpses; whole images take 1,800 bytes (1,700 or more; out"
                                + " of reach in 4.0 % of the draws) with whole JPEG to stock (0.50 of it, 0.00 to 0.60; out"
                                + " of reach in 4.0 % of the draws: really less).");
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
                        "Least bytes per image that reaches an accuracy, interpolated, with 95 % intervals")
                .containsPattern("whole JPEG to stock, every image +500 \\(500 to 500\\)");
    }
}
