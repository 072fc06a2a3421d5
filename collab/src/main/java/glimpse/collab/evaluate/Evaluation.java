package glimpse.collab.evaluate;

import glimpse.collab.channel.Channel;
import glimpse.collab.data.Dataset;
import glimpse.collab.evaluate.DecodeAhead.Decoded;
import glimpse.collab.node.EdgeObserver;
import glimpse.collab.node.Model;
import glimpse.collab.node.Observation;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a plan on every image of a source: the edge once an image, the server once for every set of patches that the
 * plan's selectors make of it. An image that can't be decoded, or that the server refuses, becomes a row that says so.
 */
public final class Evaluation {
    private final Model edge;
    private final Channel channel;
    private final EvaluationPlan plan;
    private final int batchSize;

    /**
     * Makes an evaluation.
     *
     * @param edge the edge's model
     * @param channel to the server; the evaluation doesn't close it
     * @param batchSize images that the edge looks at together, and requests that the server gets together; whatever it
     *     is, the rows are the same
     */
    public Evaluation(Model edge, Channel channel, EvaluationPlan plan, int batchSize) {
        this.edge = edge;
        this.channel = channel;
        this.plan = plan;
        this.batchSize = batchSize;
    }

    /**
     * Runs, or goes on with a run.
     *
     * @return the rows of all images
     * @throws IllegalArgumentException if a score names a layer that the edge's model doesn't have
     * @throws IOException if the channel breaks or a row can't be written; finished rows are kept
     */
    public List<ImageRow> run(Dataset images, RunFolder folder, EvaluationListener listener)
            throws IOException, InterruptedException {
        EdgeObserver observer = new EdgeObserver(edge, plan.scores());
        try (RowFile rows = folder.rows(new RowFormat(plan.runs()), images);
                DecodeAhead decoder = new DecodeAhead(images, edge, batchSize, rows.size())) {
            listener.begun(rows.size(), images.size());
            for (List<Decoded> batch = decoder.next(); !batch.isEmpty(); batch = decoder.next()) {
                List<ImageRow> evaluated = evaluate(batch, images, observer);
                rows.append(evaluated);
                evaluated.forEach(listener::finished);
            }
            return rows.rows();
        }
    }

    private List<ImageRow> evaluate(List<Decoded> batch, Dataset images, EdgeObserver observer) throws IOException {
        List<PixelPatches> patches = new ArrayList<>();
        for (Decoded one : batch) {
            if (one instanceof Decoded.Patches decoded) {
                patches.add(decoded.patches());
            }
        }
        List<Observation> observations = observer.observe(patches);
        int grid = edge.transformer().config().grid();
        List<Offer> offers = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        for (Decoded one : batch) {
            if (one instanceof Decoded.Patches decoded) {
                Offer offer = Offer.of(decoded, observations.get(offers.size()), images, plan, grid);
                offers.add(offer);
                exchanges.addAll(offer.exchanges());
            }
        }
        exchange(exchanges);
        List<ImageRow> rows = new ArrayList<>();
        int offer = 0;
        for (Decoded one : batch) {
            rows.add(
                    switch (one) {
                        case Decoded.Failure(int index, String reason) ->
                            new ImageRow.Failed(index, images.name(index), images.label(index), reason);
                        case Decoded.Patches decoded -> offers.get(offer++).row();
                    });
        }
        return rows;
    }

    private void exchange(List<Exchange> exchanges) throws IOException {
        for (int from = 0; from < exchanges.size(); from += batchSize) {
            List<Exchange> some = exchanges.subList(from, Math.min(from + batchSize, exchanges.size()));
            List<byte[]> replies =
                    channel.exchangeAll(some.stream().map(Exchange::request).toList());
            for (int i = 0; i < some.size(); i++) {
                some.get(i).receive(replies.get(i));
            }
        }
    }
}
