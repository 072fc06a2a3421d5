package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.LinkSimulation;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LinkAggregatorTest {
    private static final EvaluationPlan PLAN = EvaluationPlan.of(
            List.of(new SelectionPolicy(AttentionScore.mean(), PatchSelection.top(3))),
            List.of(PayloadCodec.raw()),
            List.of(),
            false);
    private static final OffloadGate GATE = new OffloadGate.MinEntropy(0.5);
    private static final List<Link> LINKS = List.of(Links.parse("lte"), Links.parse("link:100:100:50:0.2"));

    /** Compares with the definition: a simulation per image, and percentiles over all of them. */
    @Test
    void timesAreThoseOfEachImagesBytes() {
        List<ImageResult> rows = rows();
        ResultTable table = new ResultAggregator(rows, PLAN, 9, 1000).table(List.of(GATE, new OffloadGate.Always()));
        List<LinkRow> times = new LinkAggregator(rows, PLAN).rows(table, LINKS);
        assertThat(times).hasSize(4);
        for (LinkRow row : times) {
            List<Double> all = new ArrayList<>();
            List<Double> offloaded = new ArrayList<>();
            List<Double> radio = new ArrayList<>();
            List<Double> allRadio = new ArrayList<>();
            for (ImageResult one : rows) {
                ImageResult.Evaluated image = (ImageResult.Evaluated) one;
                boolean kept = row.point().gate().confident(image.confidence());
                var transfer = new LinkSimulation(row.link(), 0)
                        .exchange(image.name(), image.serverResults().getFirst().upBytes(), 49);
                all.add(kept ? 0 : transfer.latencyMillis());
                allRadio.add(kept ? 0 : transfer.radioMillis());
                if (!kept) {
                    offloaded.add(transfer.latencyMillis());
                    radio.add(transfer.radioMillis());
                }
            }
            assertSame(row.latencyPerImage(), Distribution.of(all));
            assertSame(row.latencyPerOffloaded(), Distribution.of(offloaded));
            assertSame(row.radioPerOffloaded(), Distribution.of(radio));
            assertSame(row.radioPerImage(), Distribution.of(allRadio));
        }
        assertThat(times.getFirst().latencyPerImage().p50()).isZero(); // most images are kept by the edge
        assertThat(times.getFirst().latencyPerImage().p99()).isGreaterThan(70);
    }

    @Test
    void timesAreTheSameIfTheServerWasNotAskedAboutConfidentImages() {
        List<ImageResult> rows = rows();
        ResultTable table = new ResultAggregator(rows, PLAN, 9, 1000).table(List.of(GATE));
        List<ImageResult> edgeAlone = rows.stream()
                .map(row -> (ImageResult.Evaluated) row)
                .<ImageResult>map(row -> GATE.confident(row.confidence()) ? withoutResults(row) : row)
                .toList();
        assertThat(new LinkAggregator(edgeAlone, PLAN.onlyOffloadedBy(List.of(GATE))).rows(table, LINKS))
                .isEqualTo(new LinkAggregator(rows, PLAN).rows(table, LINKS));
    }

    private static ImageResult withoutResults(ImageResult.Evaluated row) {
        return new ImageResult.Evaluated(
                row.index(), row.name(), row.label(), row.fileBytes(), row.edgeTop(), row.confidence(), List.of());
    }

    @Test
    void nothingSentTakesNoTime() {
        List<ImageResult> rows = rows();
        ResultTable table = new ResultAggregator(rows, PLAN, 9, 1000).table(List.of(new OffloadGate.Never()));
        LinkRow row = new LinkAggregator(rows, PLAN).rows(table, LINKS).getFirst();
        assertThat(row.latencyPerImage()).isEqualTo(new Distribution(0, 0, 0, 0));
        assertThat(row.radioPerOffloaded().mean()).isNaN();
    }

    private static void assertSame(Distribution actual, Distribution expected) {
        assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-9));
        assertThat(List.of(actual.p50(), actual.p95(), actual.p99()))
                .isEqualTo(List.of(expected.p50(), expected.p95(), expected.p99()));
    }

    private static List<ImageResult> rows() {
        List<ImageResult> rows = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            double bits = i % 3 == 0 ? 0.9 : 0.1;
            ServerResult result = new ServerResult(3, 0.1f, 0.5f, 500 + 997 * (i % 17), 49, List.of(1), 0.5);
            rows.add(new ImageResult.Evaluated(
                    i,
                    "image" + i,
                    1,
                    OptionalLong.empty(),
                    List.of(1),
                    new Confidence(bits, bits, 0.5),
                    List.of(result)));
        }
        return rows;
    }
}
