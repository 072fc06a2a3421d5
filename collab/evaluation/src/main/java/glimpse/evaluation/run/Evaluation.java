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
 * Runs a plan on every image of a data set: the edge once per image, the server once per different upload. An image
 * that can't be decoded, or that the server rejects, gives a row with the reason.
 */
public final class Evaluation {
    private final Classifier edge;
    private final Channel channel;
    private final EvaluationPlan plan;
    private final int batchSize;

    /**
     * Creates an evaluation.
     *
     * @param edge the edge's model
     * @param channel to the server; the evaluation doesn't close it
     * @param batchSize number of images that the edge classifies together, and of requests that the server gets
     *     together; the rows don't depend on it
     */
    public Evaluation(Classifier edge, Channel channel, EvaluationPlan plan, int batchSize) {
        this.edge = edge;
        this.channel = channel;
        this.plan = plan;
        this.batchSize = batchSize;
    }

    /**
     * Starts a run, or resumes it after the rows that are there.
     *
     * @return the rows of all images, in the images' order
     * @throws IllegalArgumentException if a score names a layer that the edge's model doesn't have
     * @throws IOException if the channel breaks or a row can't be written; finished rows are kept
     */
    public List<ImageResult> run(Dataset images, RunFolder folder, EvaluationListener listener)
            throws IOException, InterruptedException {
        EdgeRunner runner = new EdgeRunner(edge, plan.scores());
        try (ImageResultFile rows = folder.rows(new ImageResultFormat(plan.allUploads()), images);
                ImagePrefetcher prefetcher = new ImagePrefetcher(images, edge, batchSize, rows.size())) {
            listener.started(rows.size(), images.size());
            for (List<Decoded> batch = prefetcher.next(); !batch.isEmpty(); batch = prefetcher.next()) {
                List<ImageResult> evaluated = evaluate(batch, images, runner);
                rows.append(evaluated);
                evaluated.forEach(listener::imageFinished);
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
