package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.LinkSimulation;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.network.Transfer;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Tables and times of uploads in rounds. */
class RoundsTableTest {
    private static final EvaluationPlan PLAN =
            new EvaluationPlan(List.of(Upload.parse("mean/rounds:top:2,top:5,all/raw")), false);
    private static final List<OffloadGate> GATES = List.of(OffloadGate.always(), OffloadGate.minEntropy(1));
    private static final List<StopRule> RULES = StopRule.parse("min-entropy:0.5,0.1");

    /** Images of class 7: the edge confident; the server sure at once; sure in the last round; its second one empty. */
    private static final List<ImageResult> ROWS = List.of(
            row(0, 0.5, round(2, 20, 0.3, 7), round(5, 30, 0.2, 7), round(10, 50, 0.05, 1)),
            row(1, 2, round(2, 20, 0.05, 7), round(5, 30, 0.2, 1), round(10, 50, 0.05, 1)),
            row(2, 2, round(2, 20, 0.9, 1), round(5, 30, 0.6, 1), round(10, 50, 0.05, 7)),
            row(3, 2, round(2, 20, 0.9, 1), round(2, 0, 0.9, 1), round(10, 80, 0.9, 7)));

    private static ServerResult round(int kept, int upBytes, double minEntropyBits, int predicted) {
        return new ServerResult(
                kept, 0.1f, 0.5f, upBytes, upBytes == 0 ? 0 : 49, List.of(predicted), minEntropyBits, 0.5);
    }

    private static Evaluated row(int index, double bits, ServerResult... rounds) {
        return new Evaluated(
                index,
                "image" + index,
                7,
                OptionalLong.empty(),
                List.of(1),
                new Confidence(bits, bits, 0.5),
                List.of(rounds));
    }

    private static ResultTable table() {
        return new ResultAggregator(ROWS, PLAN, 10, 1000).table(GATES, RULES);
    }

    private static TableRow row(String gate, String rule) {
        OperatingPoint point = OperatingPoint.parse("mean/rounds:top:2,top:5,all/raw/" + gate + "/" + rule);
        return table().row(point).orElseThrow();
    }

    @Test
    void everyGateMeetsEveryRule() {
        assertThat(table().rows().stream().map(row -> row.point().when()))
                .containsExactly(
                        "always until min-entropy:0.5",
                        "min-entropy:1.0 until min-entropy:0.5",
                        "always until min-entropy:0.1",
                        "min-entropy:1.0 until min-entropy:0.1");
    }

    @Test
    void anImageCountsAsFarAsItsRoundsWent() {
        TableRow row = row("always", "min-entropy:0.5");
        assertThat(row.meanKept()).isEqualTo((2 + 2 + 10 + 10) / 4.0);
        assertThat(row.cost()).isCloseTo(24 / 4.0 / 10, within(1e-12));
        assertThat(row.meanExchanges()).isEqualTo((1 + 1 + 3 + 2) / 4.0);
        assertThat(row.communication().upPerImage()).isEqualTo((20 + 20 + 100 + 100) / 4.0);
        assertThat(row.communication().downPerImage()).isEqualTo(7 * 49 / 4.0);
        assertThat(row.collaborative().top1()).isEqualTo(1);
    }

    @Test
    void aStricterRuleSendsMore() {
        TableRow row = row("always", "min-entropy:0.1");
        assertThat(row.meanExchanges()).isEqualTo((3 + 1 + 3 + 2) / 4.0);
        assertThat(row.collaborative().top1()).isEqualTo(3 / 4.0);
        assertThat(row.serverOnKept()).isEqualTo(row.collaborative());
    }

    @Test
    void aConfidentImageHasNoRounds() {
        TableRow row = row("min-entropy:1.0", "min-entropy:0.5");
        assertThat(row.confident()).isEqualTo(1);
        assertThat(row.meanExchanges()).isEqualTo(2);
        assertThat(row.serverOnKept().top1()).isEqualTo(1); // of all images
        assertThat(row.collaborative().top1()).isEqualTo(3 / 4.0);
    }

    @Test
    void eachRoundTakesARoundTrip() {
        Link link = Links.parse("link:8:8:100:0");
        List<LinkRow> times = new LinkAggregator(ROWS, PLAN).rows(table(), List.of(link));
        assertThat(times)
                .extracting(LinkRow::point)
                .isEqualTo(table().rows().stream().map(TableRow::point).toList());
        // 8 kbit/s: a byte takes a millisecond; a packet has 52 more
        double one = 100 + (20 + 52) + (49 + 52);
        double three = 3 * (100 + 49 + 2 * 52) + 20 + 30 + 50;
        double two = 2 * (100 + 49 + 2 * 52) + 20 + 80;
        assertThat(times.getFirst().latencyPerImage().mean()).isCloseTo((2 * one + three + two) / 4, within(1e-9));
        assertThat(times.getFirst().radioPerImage().mean())
                .isCloseTo((2 * one + three + two - 7 * 100) / 4, within(1e-9));
    }

    @Test
    void oneExchangeTakesWhatItTakesAlone() {
        LinkSimulation simulation = new LinkSimulation(Links.parse("link:100:100:50:0.3"), 0);
        Transfer alone = simulation.exchange("a", 30_000, 49);
        assertThat(simulation.exchanges("a", List.of(new LinkSimulation.Exchange(30_000, 49))))
                .isEqualTo(alone);
    }
}
