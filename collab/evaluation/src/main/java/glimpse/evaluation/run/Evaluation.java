package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a plan on every image of a source: the edge once an image, the server once for every set of patches that the
 * plan's policies make of it. An image that can't be decoded, or that the server refuses, becomes a row that says so.
 */
public final class Evaluation {
    private final Classifier edge;
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
    public Evaluation(Classifier edge, Channel channel, EvaluationPlan plan, int batchSize) {
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
    public List<ImageResult> run(Dataset images, RunFolder folder, EvaluationListener listener)
            throws IOException, InterruptedException {
        EdgeRunner runner = new EdgeRunner(edge, plan.scores());
        try (RowFile rows = folder.rows(new RowFormat(plan.allUploads()), images);
                ImagePrefetcher prefetcher = new ImagePrefetcher(images, edge, batchSize, rows.size())) {
            listener.begun(rows.size(), images.size());
            for (List<Decoded> batch = prefetcher.next(); !batch.isEmpty(); batch = prefetcher.next()) {
                List<ImageResult> evaluated = evaluate(batch, images, runner);
                rows.append(evaluated);
                evaluated.forEach(listener::finished);
            }
            return rows.rows();
        }
    }

    private List<ImageResult> evaluate(List<Decoded> batch, Dataset images, EdgeRunner runner) throws IOException {
        List<Decoded.Patches> decoded = batch.stream()
                .filter(Decoded.Patches.class::isInstance)
                .map(Decoded.Patches.class::cast)
                .toList();
        List<EdgeResult> edgeResults =
                runner.classify(decoded.stream().map(Decoded.Patches::patches).toList());
        int grid = edge.transformer().config().grid();
        List<ImageUploads> uploads = new ArrayList<>();
        List<PendingRequest> requests = new ArrayList<>();
        for (int i = 0; i < decoded.size(); i++) {
            Decoded.Patches image = decoded.get(i);
            String name = images.name(image.index());
            ImageUploads own = ImageUploads.of(image.index(), image.patches(), edgeResults.get(i), name, plan, grid);
            uploads.add(own);
            requests.addAll(own.requests());
        }
        exchange(requests);
        List<ImageResult> results = new ArrayList<>();
        int next = 0;
        for (Decoded one : batch) {
            switch (one) {
                case Decoded.Failure(int index, String reason) ->
                    results.add(new ImageResult.Failed(index, images.name(index), images.label(index), reason));
                case Decoded.Patches image -> {
                    results.add(ResultAssembler.result(image, edgeResults.get(next), uploads.get(next), images));
                    next++;
                }
            }
        }
        return results;
    }

    private void exchange(List<PendingRequest> requests) throws IOException {
        for (int from = 0; from < requests.size(); from += batchSize) {
            List<PendingRequest> some = requests.subList(from, Math.min(from + batchSize, requests.size()));
            List<byte[]> replies =
                    channel.exchangeAll(some.stream().map(PendingRequest::bytes).toList());
            for (int i = 0; i < some.size(); i++) {
                some.get(i).receive(replies.get(i));
            }
        }
    }
}
