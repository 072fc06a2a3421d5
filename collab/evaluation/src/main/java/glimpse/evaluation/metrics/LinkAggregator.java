package glimpse.evaluation.metrics;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.LinkSimulation;
import glimpse.evaluation.network.LinkSimulation.Exchange;
import glimpse.evaluation.network.Transfer;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Computes times on links from the bytes in a run's rows. Immutable. */
public final class LinkAggregator {
    private static final long SEED = 0;

    private final List<Evaluated> asked; // the images that the server was asked about
    private final int images;
    private final EvaluationPlan plan;

    /**
     * Creates an aggregator.
     *
     * @param rows one per image, in which the server's results are those of the plan
     * @param plan the run's plan
     */
    public LinkAggregator(List<ImageResult> rows, EvaluationPlan plan) {
        List<Evaluated> evaluated = ImageResult.evaluated(rows);
        this.asked = evaluated.stream()
                .filter(image -> !image.serverResults().isEmpty())
                .toList();
        this.images = evaluated.size();
        this.plan = plan;
    }

    /**
     * Returns one row for each link and each row of the table, by link first; and for each link that loses packets by
     * an erasure of the plan, another one of packets that are sent once.
     */
    public List<LinkRow> rows(ResultTable table, List<Link> links) {
        List<LinkRow> rows = new ArrayList<>();
        for (Link link : links) {
            List<OperatingPoint> points =
                    table.rows().stream().map(TableRow::point).toList();
            add(rows, points, link, false);
            if (link.erasure().filter(plan.erasures()::contains).isPresent()) {
                List<OperatingPoint> atOnce = points.stream()
                        .filter(point -> !point.upload().isInRounds())
                        .toList();
                add(rows, atOnce, link, true);
            }
        }
        return rows;
    }

    private void add(List<LinkRow> rows, List<OperatingPoint> points, Link link, boolean once) {
        Times times = null;
        for (OperatingPoint point : points) {
            if (times == null || !times.isOf(point)) {
                times = new Times(point, link, once);
            }
            rows.add(times.row(point));
        }
    }

    /** The transfer of every image over one link, and the images sorted by their times. */
    private final class Times {
        private final OperatingPoint any; // of those that differ in their gates alone
        private final Link link;
        private final boolean once;
        private final List<Transfer> transfers; // [asked]
        private final List<Integer> byLatency;
        private final List<Integer> byRadio;

        Times(OperatingPoint any, Link link, boolean once) {
            this.any = any;
            this.link = link;
            this.once = once;
            LinkSimulation simulation = new LinkSimulation(link, SEED);
            this.transfers = once ? sentOnce(simulation) : resent(simulation);
            this.byLatency = order(Transfer::latencyMillis);
            this.byRadio = order(Transfer::radioMillis);
        }

        private List<Transfer> resent(LinkSimulation simulation) {
            UploadResults results = new UploadResults(plan, any);
            return asked.stream()
                    .map(image -> simulation.exchanges(
                            image.name(),
                            results.exchanges(image).stream()
                                    .map(sent -> new Exchange(sent.upBytes(), sent.downBytes()))
                                    .toList()))
                    .toList();
        }

        private List<Transfer> sentOnce(LinkSimulation simulation) {
            int index =
                    plan.indexOf(new Upload.Erased(any.upload(), link.erasure().orElseThrow()));
            return asked.stream()
                    .map(image -> image.serverResults().get(index))
                    .map(result -> simulation.once(
                            result.upBytes(),
                            result.downBytes(),
                            result.delivery().orElseThrow().packets()))
                    .toList();
        }

        boolean isOf(OperatingPoint point) {
            return point.with(any.gate()).equals(any);
        }

        private List<Integer> order(ToDoubleFunction<Transfer> millis) {
            return IntStream.range(0, transfers.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(image -> millis.applyAsDouble(transfers.get(image))))
                    .toList();
        }

        LinkRow row(OperatingPoint point) {
            double[] latency = offloaded(point.gate(), byLatency, Transfer::latencyMillis);
            double[] radio = offloaded(point.gate(), byRadio, Transfer::radioMillis);
            int kept = images - latency.length;
            return new LinkRow(
                    point,
                    link,
                    once,
                    Distribution.ofSorted(kept, latency),
                    Distribution.ofSorted(0, latency),
                    Distribution.ofSorted(kept, radio),
                    Distribution.ofSorted(0, radio));
        }

        private double[] offloaded(OffloadGate gate, List<Integer> order, ToDoubleFunction<Transfer> millis) {
            return order.stream()
                    .filter(image -> !gate.confident(asked.get(image).confidence()))
                    .mapToDouble(image -> millis.applyAsDouble(transfers.get(image)))
                    .toArray();
        }
    }
}
