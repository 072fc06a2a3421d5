package glimpse.evaluation.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.metrics.LinkAggregator;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.ResultAggregator;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.network.LinkSimulation;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Delivery;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ErasureAggregatorTest {
    private static final Erasure ERASURE = Erasure.parse("loss:0.5:255");
    private static final EvaluationPlan PLAN = new EvaluationPlan(
            List.of(Upload.parse("mean/top:6/raw"), Upload.parse("mean/rounds:top:3,all/raw")),
            false,
            List.of(ERASURE));

    /** The class is 1; the edge says 0 or 1, the complete upload is right, the erased one isn't always. */
    private static ImageResult row(int index, double bits, int edge, Delivery delivery, int erased) {
        ServerResult complete = new ServerResult(6, 0.1f, 0.5f, 100, 49, List.of(1, 0), 0.5);
        ServerResult round = new ServerResult(6, 0.1f, 0.5f, 100, 49, List.of(1, 0), 0.5, 0.5);
        boolean reply = delivery.received() > 0;
        ServerResult lossy = new ServerResult(
                6,
                0.1f,
                0.5f,
                400,
                reply ? 49 : 0,
                List.of(reply ? erased : edge),
                0.5,
                Double.NaN,
                Optional.of(delivery));
        return new ImageResult.Evaluated(
                index,
                "image" + index,
                1,
                OptionalLong.empty(),
                List.of(edge),
                new Confidence(bits, bits, 0.5),
                List.of(complete, round, round, lossy));
    }

    private static final List<ImageResult> ROWS = List.of(
            row(0, 0.9, 0, new Delivery(4, 0, 6), 1),
            row(1, 0.9, 0, new Delivery(4, 2, 3), 0),
            row(2, 0.9, 1, new Delivery(4, 4, 0), 0),
            row(3, 0.1, 1, new Delivery(4, 3, 2), 0));

    @Test
    void anOffloadedImageHasThePredictionOfWhatArrives() {
        ResultTable table = new ResultAggregator(ROWS, PLAN, 9, 1000)
                .table(List.of(OffloadGate.minEntropy(0.5), OffloadGate.always()), List.of());
        List<ErasureRow> rows = new ErasureAggregator(ROWS, PLAN).rows(table);
        assertThat(rows).hasSize(2);
        ErasureRow gated = rows.getFirst();
        assertThat(gated.erasure()).isEqualTo(ERASURE);
        assertThat(gated.complete()).isEqualTo(table.rows().getFirst());
        assertThat(gated.meanPackets()).isEqualTo(4);
        assertThat(gated.lostShare()).isEqualTo(0.5);
        assertThat(gated.meanReceived()).isEqualTo(3);
        assertThat(gated.unanswered()).isEqualTo(1);
        assertThat(gated.collaborative().top1()).isEqualTo(0.75);
        assertThat(gated.changePoints()).isCloseTo(-25, within(1e-9));
        assertThat(gated.upBytesPerImage()).isEqualTo(300);
        assertThat(rows.getLast().collaborative().top1()).isEqualTo(0.5);
        assertThat(rows.getLast().upBytesPerImage()).isEqualTo(400);
    }

    @Test
    void withNothingOffloadedThereAreNoMeans() {
        ResultTable table = new ResultAggregator(ROWS, PLAN, 9, 1000).table(List.of(OffloadGate.never()));
        ErasureRow row = new ErasureAggregator(ROWS, PLAN).rows(table).getFirst();
        assertThat(row.meanPackets()).isNaN();
        assertThat(row.lostShare()).isNaN();
        assertThat(row.collaborative().top1()).isEqualTo(0.5);
        assertThat(row.upBytesPerImage()).isZero();
    }

    @Test
    void linksHaveTheTimesOfSendingOnceAndOfSendingAgain() {
        ResultTable table = new ResultAggregator(ROWS, PLAN, 9, 1000).table(List.of(OffloadGate.always()));
        List<LinkRow> rows = new LinkAggregator(ROWS, PLAN)
                .rows(table, List.of(Links.wifi(), Links.wifi().with(ERASURE)));
        assertThat(rows.stream().map(LinkRow::once)).containsExactly(false, false, true);
        LinkSimulation simulation = new LinkSimulation(Links.wifi().with(ERASURE), 0);
        assertThat(rows.get(2).latencyPerImage().p99())
                .isEqualTo(simulation.once(400, 49, 4).latencyMillis());
        assertThat(rows.get(2).latencyPerImage().p50())
                .isEqualTo(simulation.once(400, 49, 4).latencyMillis());
        assertThat(rows.get(1).latencyPerImage().p99())
                .isGreaterThan(rows.get(0).latencyPerImage().p99());
    }
}
