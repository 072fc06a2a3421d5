package glimpse.collab.evaluate;

import glimpse.collab.evaluate.ImageRow.Evaluated;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.link.Link;
import glimpse.collab.link.LinkSimulation;
import glimpse.collab.link.Percentiles;
import glimpse.collab.link.Transfer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Turns the bytes of a run's rows into time on links. */
public final class LinkSummary {
    private static final long SEED = 0;

    private final List<Evaluated> images;
    private final EvaluationPlan plan;

    /**
     * Makes a summary.
     *
     * @param rows one an image, of this plan
     */
    public LinkSummary(List<ImageRow> rows, EvaluationPlan plan) {
        this.images = rows.stream()
                .filter(Evaluated.class::isInstance)
                .map(Evaluated.class::cast)
                .toList();
        this.plan = plan;
    }

    /** One row for each row of the table and each link. */
    public List<LinkRow> rows(ResultTable table, List<Link> links) {
        List<LinkRow> rows = new ArrayList<>();
        for (Link link : links) {
            Times times = null;
            for (TableRow row : table.rows()) {
                if (times == null || !times.sending.equals(row.sending())) {
                    times = new Times(row.sending(), link);
                }
                rows.add(times.row(row.gate()));
            }
        }
        return rows;
    }

    /** Every image's exchange over one link, and the images in the order of their times. */
    private final class Times {
        private final Sending sending;
        private final Link link;
        private final List<Transfer> transfers; // [images]
        private final List<Integer> byLatency;
        private final List<Integer> byRadio;

        Times(Sending sending, Link link) {
            this.sending = sending;
            this.link = link;
            int run = plan.runs().indexOf(sending);
            LinkSimulation simulation = new LinkSimulation(link, SEED);
            this.transfers = images.stream()
                    .map(image -> {
                        ServerRun server = image.runs().get(run);
                        return simulation.exchange(image.name(), server.upBytes(), server.downBytes());
                    })
                    .toList();
            this.byLatency = order(Transfer::latencyMillis);
            this.byRadio = order(Transfer::radioMillis);
        }

        private List<Integer> order(ToDoubleFunction<Transfer> millis) {
            return IntStream.range(0, transfers.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(image -> millis.applyAsDouble(transfers.get(image))))
                    .toList();
        }

        LinkRow row(OffloadGate gate) {
            double[] latency = offloaded(gate, byLatency, Transfer::latencyMillis);
            double[] radio = offloaded(gate, byRadio, Transfer::radioMillis);
            int kept = transfers.size() - latency.length;
            return new LinkRow(
                    sending,
                    gate,
                    link,
                    Percentiles.ofSorted(kept, latency),
                    Percentiles.ofSorted(0, latency),
                    Percentiles.ofSorted(kept, radio),
                    Percentiles.ofSorted(0, radio));
        }

        private double[] offloaded(OffloadGate gate, List<Integer> order, ToDoubleFunction<Transfer> millis) {
            return order.stream()
                    .filter(image -> !gate.confident(images.get(image).confidence()))
                    .mapToDouble(image -> millis.applyAsDouble(transfers.get(image)))
                    .toArray();
        }
    }
}
