package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResultAggregatorTest {
    private static final SelectionPolicy POLICY = new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(0.97f));
    private static final EvaluationPlan PLAN =
            EvaluationPlan.of(List.of(POLICY), List.of(PayloadCodec.raw()), List.of(), true);
    private static final int PATCHES = 10;
    private static final long RAW_BYTES = 1000;
    private static final OffloadGate GATE = new OffloadGate.MinEntropy(1);

    /** Images of class 7: the edge confident and right, confident and wrong, not confident and wrong (twice). */
    private static final List<ImageResult> ROWS = List.of(
            row(0, 0.5, List.of(7, 1), result(5, 0.01f, 0.9f, 500, List.of(1, 7)), List.of(7)),
            row(1, 0.9, List.of(1, 2), result(6, 0.02f, 0.9f, 600, List.of(7, 1)), List.of(7)),
            row(2, 1.0, List.of(1, 2), result(8, 0.04f, 0.8f, 800, List.of(7, 1)), List.of(1)),
            new ImageResult.Failed(3, "bad", 7, "truncated"),
            row(4, 3.0, List.of(1, 7), result(0, Float.NaN, 0, 20, List.of(1, 2)), List.of(2, 7)));

    @Test
    void edgeServerAndFailuresAreCounted() {
        ResultTable table = table(ROWS);
        assertThat(table.images()).isEqualTo(4);
        assertThat(table.failed()).isEqualTo(1);
        assertThat(table.edge()).isEqualTo(new Accuracy(0.25, 0.5));
        assertThat(table.serverBaseline()).contains(new Accuracy(0.5, 0.75));
        assertThat(table.rows().getFirst().serverOnKept()).isEqualTo(new Accuracy(0.5, 0.75));
    }

    @Test
    void theEdgesPredictionStandsWhereItIsConfident() {
        TableRow row = table(ROWS).rows().getFirst();
        assertThat(row.confident()).isEqualTo(2);
        assertThat(row.collaborative()).isEqualTo(new Accuracy(0.5, 0.5));
    }

    @Test
    void keptAndCostAreOverTheOffloadedImages() {
        TableRow row = table(ROWS).rows().getFirst();
        assertThat(row.meanKept()).isEqualTo(4);
        assertThat(row.meanLowestScore()).isCloseTo(0.04, within(1e-8)); // where nothing is kept, nothing is least
        assertThat(row.meanSumOfScores()).isCloseTo(0.4, within(1e-8));
        assertThat(row.cost()).isEqualTo(0.5 * 4 / 10);
    }

    @Test
    void bytesAreOverAllAndOverTheOffloadedImages() {
        Communication bytes = table(ROWS).rows().getFirst().communication();
        assertThat(bytes.upPerImage()).isEqualTo(820 / 4.0);
        assertThat(bytes.upPerOffloaded()).isEqualTo(820 / 2.0);
        assertThat(bytes.downPerImage()).isEqualTo(49 / 2.0);
        assertThat(bytes.downPerOffloaded()).isEqualTo(49);
        assertThat(bytes.shareOfRawPerImage()).isEqualTo(0.205);
        assertThat(bytes.shareOfRawPerOffloaded()).isEqualTo(0.41);
        assertThat(bytes.shareOfFilePerImage()).isEqualTo(820 / 4700.0); // files of 1000, 1100, 1200, 1400
        assertThat(bytes.shareOfFilePerOffloaded()).isEqualTo(820 / 2600.0);
    }

    @Test
    void nothingOffloadedCostsNothing() {
        ResultTable table =
                new ResultAggregator(ROWS, PLAN, PATCHES, RAW_BYTES).table(List.of(new OffloadGate.Never()));
        TableRow row = table.rows().getFirst();
        assertThat(row.cost()).isZero();
        assertThat(row.meanKept()).isNaN();
        assertThat(row.collaborative()).isEqualTo(table.edge());
        assertThat(row.communication().upPerImage()).isZero();
        assertThat(row.communication().upPerOffloaded()).isNaN();
    }

    @Test
    void everythingOffloadedIsTheServerOnWhatIsKept() {
        ResultTable table =
                new ResultAggregator(ROWS, PLAN, PATCHES, RAW_BYTES).table(List.of(new OffloadGate.Always()));
        TableRow row = table.rows().getFirst();
        assertThat(row.collaborative()).isEqualTo(row.serverOnKept());
        assertThat(row.cost()).isEqualTo(19 / 4.0 / 10);
    }

    @Test
    void onlyTheServersAccuracyIsUnknownIfItWasNotAskedAboutConfidentImages() {
        EvaluationPlan plan = EvaluationPlan.of(List.of(POLICY), List.of(PayloadCodec.raw()), List.of(), false)
                .onlyOffloadedBy(List.of(GATE));
        TableRow expected = table(ROWS).rows().getFirst();
        TableRow row = new ResultAggregator(edgeAloneWhereConfident(), plan, PATCHES, RAW_BYTES)
                .table(List.of(GATE))
                .rows()
                .getFirst();
        assertThat(row.serverOnKept().top1()).isNaN();
        assertThat(row.serverOnKept().top5()).isNaN();
        assertThat(row.collaborative()).isEqualTo(expected.collaborative());
        assertThat(row.communication()).isEqualTo(expected.communication());
        assertThat(row.cost()).isEqualTo(expected.cost());
        assertThat(row.confident()).isEqualTo(expected.confident());
    }

    private static List<ImageResult> edgeAloneWhereConfident() {
        List<ImageResult> rows = new ArrayList<>();
        for (ImageResult row : ROWS) {
            rows.add(
                    row instanceof Evaluated image && GATE.confident(image.confidence())
                            ? new Evaluated(
                                    image.index(),
                                    image.name(),
                                    image.label(),
                                    image.fileBytes(),
                                    image.edgeTop(),
                                    image.confidence(),
                                    List.of())
                            : row);
        }
        return rows;
    }

    @Test
    void everyPolicyMeetsEveryGate() {
        SelectionPolicy other = new SelectionPolicy(AttentionScore.mean(), PatchSelection.all());
        EvaluationPlan plan =
                EvaluationPlan.of(List.of(POLICY, other, POLICY), List.of(PayloadCodec.raw()), List.of(), false);
        List<TableRow> rows = new ResultAggregator(ROWS, plan, PATCHES, RAW_BYTES)
                .table(List.of(GATE, new OffloadGate.Always()))
                .rows();
        assertThat(rows.stream().map(row -> row.point().upload().spec()))
                .containsExactly("mean/sum:0.97/raw", "mean/sum:0.97/raw", "mean/all/raw", "mean/all/raw");
        assertThat(rows.stream().map(row -> row.point().gate().spec()))
                .containsExactly("min-entropy:1.0", "always", "min-entropy:1.0", "always");
    }

    @Test
    void wholeFilesHaveNoGate() {
        EvaluationPlan plan = EvaluationPlan.of(
                List.of(POLICY), List.of(PayloadCodec.raw()), List.of(FileFormat.parse("jpeg:50")), false);
        List<TableRow> rows = new ResultAggregator(ROWS, plan, PATCHES, RAW_BYTES)
                .table(List.of(GATE, new OffloadGate.Never()))
                .rows();
        assertThat(rows.stream()
                        .map(row -> row.point().upload().spec() + " "
                                + row.point().gate().spec()))
                .containsExactly("mean/sum:0.97/raw min-entropy:1.0", "mean/sum:0.97/raw never", "file/jpeg:50 always");
        assertThat(rows.getLast().cost()).isEqualTo(1);
        assertThat(rows.getLast().collaborative()).isEqualTo(new Accuracy(0.5, 0.75));
    }

    @Test
    void withoutImagesThereAreNoNumbers() {
        ResultTable table = table(List.of(ROWS.get(3)));
        assertThat(table.images()).isZero();
        assertThat(table.edge().top1()).isNaN();
        assertThat(table.rows().getFirst().cost()).isZero();
    }

    @Test
    void aRankBeyondFiveIsNoHit() {
        List<ImageResult> rows = new ArrayList<>();
        rows.add(row(0, 2, List.of(1, 2, 3, 4, 5, 7), result(1, 0.1f, 0.1f, 1, List.of(1)), List.of(1)));
        assertThat(table(rows).edge()).isEqualTo(new Accuracy(0, 0));
    }

    @Test
    void theFifthRankIsAHit() {
        List<ImageResult> rows =
                List.of(row(0, 2, List.of(1, 2, 3, 4, 7), result(1, 0.1f, 0.1f, 1, List.of(1)), List.of(1)));
        assertThat(table(rows).edge()).isEqualTo(new Accuracy(0, 1));
    }

    @Test
    void imagesWithoutFilesHaveNoShareOfFiles() {
        List<ImageResult> rows = List.of(new ImageResult.Evaluated(
                0,
                "image",
                7,
                OptionalLong.empty(),
                List.of(7),
                new Confidence(2, 2, 0.1),
                List.of(result(5, 0.1f, 0.5f, 500, List.of(7)), result(PATCHES, 0, 1, 1015, List.of(7)))));
        Communication bytes = table(rows).rows().getFirst().communication();
        assertThat(bytes.shareOfFilePerImage()).isNaN();
        assertThat(bytes.shareOfFilePerOffloaded()).isNaN();
    }

    @Test
    void withoutTheBaselineTheTableHasNone() {
        EvaluationPlan plan = EvaluationPlan.of(List.of(POLICY), List.of(PayloadCodec.raw()), List.of(), false);
        assertThat(new ResultAggregator(ROWS, plan, PATCHES, RAW_BYTES)
                        .table(List.of(GATE))
                        .serverBaseline())
                .isEmpty();
    }

    private static ResultTable table(List<ImageResult> rows) {
        return new ResultAggregator(rows, PLAN, PATCHES, RAW_BYTES).table(List.of(GATE));
    }

    private static ServerResult result(int kept, float least, float sum, int upBytes, List<Integer> top) {
        return new ServerResult(kept, least, sum, upBytes, 49, top, 0.5);
    }

    private static ImageResult row(
            int index, double bits, List<Integer> edge, ServerResult result, List<Integer> whole) {
        return new ImageResult.Evaluated(
                index,
                "image" + index,
                7,
                OptionalLong.of(1000 + 100L * index),
                edge,
                new Confidence(bits, bits, 0.5),
                List.of(result, result(PATCHES, 0, 1, 1015, whole)));
    }
}
