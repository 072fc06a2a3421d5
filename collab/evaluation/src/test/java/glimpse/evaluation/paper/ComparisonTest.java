package glimpse.evaluation.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.metrics.ResultAggregator;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.paper.Comparison.Verdict;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final EvaluationPlan PLAN = new EvaluationPlan(
            List.of(
                    Upload.parse("rollout/sum:0.5/raw"),
                    Upload.parse("rollout/sum:0.9/raw"),
                    Upload.parse("mean/top:4/raw")),
            true);
    private static final OffloadGate GATE = OffloadGate.minEntropy(1);
    private static final int PATCHES = 10;

    /** Of 100 images the edge knows 70 and is sure of every second; the uploads keep 4, 8 and 4 patches. */
    private final Measurements ours = measurements(100);

    @Test
    void theEdgesAndTheServersAccuracyHaveWilsonsInterval() {
        assertThat(value(new Setting.Edge(), Quantity.TOP1)).isEqualTo(70);
        assertThat(value(new Setting.Server(), Quantity.TOP1)).isEqualTo(90);
        Interval interval =
                ours.of(new Setting.Edge(), Quantity.TOP1).orElseThrow().interval();
        assertThat(interval).isEqualTo(Interval.ofShare(0.7, 100).times(100));
    }

    @Test
    void aPointsFiguresAreTheTablesAndTheirIntervalsCoverThem() {
        Setting point = new Setting.Point(OperatingPoint.parse("rollout/sum:0.9/raw/min-entropy:1.0"));
        assertThat(value(point, Quantity.CONFIDENT)).isEqualTo(50);
        assertThat(value(point, Quantity.PATCHES)).isCloseTo(8, within(1e-12));
        assertThat(value(point, Quantity.COST)).isCloseTo(0.4, within(1e-12));
        Measured cost = ours.of(point, Quantity.COST).orElseThrow();
        double[] costs =
                IntStream.range(0, 100).mapToDouble(i -> i % 2 == 0 ? 0 : 0.8).toArray();
        assertThat(cost.interval()).isEqualTo(Interval.ofMean(costs));
    }

    @Test
    void betweenTwoSumsAccuracyIsInterpolated() {
        // at cost 0.4 and 0.8 the server knows 60 and 80
        assertThat(value(new Setting.Curve(AttentionScore.rollout(), 0.5), Quantity.TOP1))
                .isCloseTo(65, within(1e-9));
        assertThat(ours.of(new Setting.Curve(AttentionScore.rollout(), 0.3), Quantity.TOP1))
                .isEmpty();
    }

    @Test
    void theBestPointCostsNoMoreThanAllowed() {
        assertThat(ours.best(0.25).orElseThrow().cost()).isCloseTo(0.2, within(1e-12));
        assertThat(ours.best(0.1)).isEmpty();
    }

    @Test
    void aDifferenceWithinTheIntervalIsSaidToBe() {
        assertThat(compare(75).verdict()).isEqualTo(Verdict.WITHIN);
        assertThat(compare(75).sentence()).isEqualTo("Within the 95 % interval.");
        assertThat(compare(90).verdict()).isEqualTo(Verdict.BELOW);
        assertThat(compare(90).sentence()).isEqualTo("Lower by 20.00 points, outside the 95 % interval.");
        assertThat(compare(50).verdict()).isEqualTo(Verdict.ABOVE);
        assertThat(new Comparison(figure(75), Optional.empty()).verdict()).isEqualTo(Verdict.MISSING);
    }

    @Test
    void aPointThatWasNotRunHasNoFigure() {
        Setting other = new Setting.Point(PaperExperiment.MAIN);
        assertThat(ours.of(other, Quantity.TOP1)).isEmpty();
        assertThat(measurements(1).of(new Setting.Point(OperatingPoint.parse("mean/top:4/raw/always")), Quantity.COST))
                .isEmpty(); // one image has no interval
    }

    private Comparison compare(double published) {
        return Comparison.of(List.of(figure(published)), ours).getFirst();
    }

    private static PublishedFigure figure(double value) {
        return new PublishedFigure(new Setting.Edge(), Quantity.TOP1, value, 0.005, "" + value, "a table");
    }

    private double value(Setting setting, Quantity quantity) {
        return ours.of(setting, quantity).orElseThrow().value();
    }

    private static Measurements measurements(int images) {
        List<ImageResult> rows = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            rows.add(new ImageResult.Evaluated(
                    i,
                    "image" + i,
                    7,
                    OptionalLong.empty(),
                    List.of(i < 70 ? 7 : 1),
                    new Confidence(i % 2 == 0 ? 0.5 : 2, 1, 0.5),
                    List.of(result(4, i < 60), result(8, i < 80), result(4, i < 50), result(10, i < 90))));
        }
        ResultTable table =
                new ResultAggregator(rows, PLAN, PATCHES, 1000).table(List.of(new OffloadGate.Always(), GATE));
        return new Measurements(rows, PLAN, table, PATCHES);
    }

    private static ServerResult result(int kept, boolean right) {
        return new ServerResult(kept, 0.1f, 0.9f, 100, 20, List.of(right ? 7 : 2), 1);
    }
}
