package glimpse.collab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.link.Link;
import glimpse.collab.link.LinkSimulation;
import glimpse.collab.link.Links;
import glimpse.collab.link.Percentiles;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LinkSummaryTest {
    private static final EvaluationPlan PLAN = EvaluationPlan.of(
            List.of(new Selector(AttentionScore.mean(), PatchSelection.top(3))),
            List.of(PayloadCodec.raw()),
            List.of(),
            false);
    private static final OffloadGate GATE = new OffloadGate.MinEntropy(0.5);
    private static final List<Link> LINKS = List.of(Links.parse("lte"), Links.parse("link:100:100:50:0.2"));

    /** The definition: the simulation of each image, the percentiles of them all. */
    @Test
    void timesAreThoseOfEachImagesBytes() {
        List<ImageRow> rows = rows();
        ResultTable table = new Summary(rows, PLAN, 9, 1000).table(List.of(GATE, new OffloadGate.Always()));
        List<LinkRow> times = new LinkSummary(rows, PLAN).rows(table, LINKS);
        assertThat(times).hasSize(4);
        for (LinkRow row : times) {
            List<Double> all = new ArrayList<>();
            List<Double> offloaded = new ArrayList<>();
            List<Double> radio = new ArrayList<>();
            for (ImageRow one : rows) {
                ImageRow.Evaluated image = (ImageRow.Evaluated) one;
                boolean kept = row.gate().confident(image.confidence());
                var transfer = new LinkSimulation(row.link(), 0)
                        .exchange(image.name(), image.runs().getFirst().upBytes(), 49);
                all.add(kept ? 0 : transfer.latencyMillis());
                if (!kept) {
                    offloaded.add(transfer.latencyMillis());
                    radio.add(transfer.radioMillis());
                }
            }
            assertSame(row.latencyPerImage(), Percentiles.of(all));
            assertSame(row.latencyPerOffloaded(), Percentiles.of(offloaded));
            assertSame(row.radioPerOffloaded(), Percentiles.of(radio));
        }
        assertThat(times.getFirst().latencyPerImage().p50()).isZero(); // most images are kept by the edge
        assertThat(times.getFirst().latencyPerImage().p99()).isGreaterThan(70);
    }

    @Test
    void nothingSentTakesNoTime() {
        List<ImageRow> rows = rows();
        ResultTable table = new Summary(rows, PLAN, 9, 1000).table(List.of(new OffloadGate.Never()));
        LinkRow row = new LinkSummary(rows, PLAN).rows(table, LINKS).getFirst();
        assertThat(row.latencyPerImage()).isEqualTo(new Percentiles(rows.size(), 0, 0, 0, 0));
        assertThat(row.radioPerOffloaded().mean()).isNaN();
    }

    private static void assertSame(Percentiles actual, Percentiles expected) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-9));
        assertThat(List.of(actual.p50(), actual.p95(), actual.p99()))
                .isEqualTo(List.of(expected.p50(), expected.p95(), expected.p99()));
    }

    private static List<ImageRow> rows() {
        List<ImageRow> rows = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            double bits = i % 3 == 0 ? 0.9 : 0.1;
            ServerRun run = new ServerRun(3, 0.1f, 0.5f, 500 + 997 * (i % 17), 49, List.of(1), 0.5);
            rows.add(new ImageRow.Evaluated(
                    i,
                    "image" + i,
                    1,
                    OptionalLong.empty(),
                    List.of(1),
                    new Confidence(bits, bits, 0.5),
                    List.of(run)));
        }
        return rows;
    }
}
