package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.engine.VitConfig;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.DatasetException;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs a plan on every image of a data set: the edge once per image, the server once per different upload. An image
 * that can't be decoded or classified, or that the server rejects, gives a row with the reason.
 */
public final class Evaluation {
    /** More images together make nothing faster. */
    private static final int MAX_BATCH = 1024;

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
     *     together, of which more than {@value #MAX_BATCH} are split; the rows don't depend on it
     */
    public Evaluation(Classifier edge, Channel channel, EvaluationPlan plan, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("the batch size is " + batchSize + ", expected at least 1");
        }
        this.edge = edge;
        this.channel = channel;
        this.plan = plan;
        this.batchSize = Math.min(batchSize, MAX_BATCH);
    }

    /**
     * Starts a run, or resumes or extends an earlier one: what its rows hold isn't computed again, whether they are
     * those of all images, uploads and in this order, or of some. Images that failed are tried again. The rows end up
     * as those of a run that was never interrupted.
     *
     * @return the rows of all images, in the images' order
     * @throws IllegalArgumentException if a score names a layer that the edge's model doesn't have
     * @throws DatasetException if a label isn't a class of the models
     * @throws RunFolderException if the folder holds results of images or uploads that this run doesn't have
     * @throws IOException if the channel breaks or a row can't be written; finished rows are kept
     */
    public List<ImageResult> run(Dataset images, RunFolder folder, EvaluationListener listener)
            throws IOException, InterruptedException {
        VitConfig config = edge.transformer().config();
        requireLabels(images, config.classes());
        EdgePass edgePass = new EdgePass(new EdgeRunner(edge, plan.scores()));
        try (RunRows rows = folder.rows(plan.allUploads(), images, ResultRanges.of(config))) {
            EarlierResults earlier = rows.earlier();
            int[] missing = IntStream.range(0, images.size())
                    .filter(index -> earlier.row(index).isEmpty())
                    .toArray();
            listener.started(images.size() - missing.length, images.size());
            int next = 0;
            try (ImagePrefetcher prefetcher = new ImagePrefetcher(images, edge, batchSize, missing)) {
                for (List<Decoded> batch = prefetcher.next(); !batch.isEmpty(); batch = prefetcher.next()) {
                    ImageBatch evaluated = ImageBatch.of(batch, images, plan.allUploads(), earlier, config);
                    exchange(evaluated.classify(edgePass));
                    List<ImageResult> results = evaluated.results();
                    rows.append(withEarlier(results, next, earlier));
                    next = results.getLast().index() + 1;
                    results.forEach(listener::imageFinished);
                    listener.batchFinished();
                }
            }
            while (next < images.size()) {
                rows.append(List.of(earlier.row(next++).orElseThrow()));
            }
            return rows.finish(images.size());
        }
    }

    private static void requireLabels(Dataset images, int classes) throws DatasetException {
        for (int index = 0; index < images.size(); index++) {
            int label = images.label(index);
            if (label < 0 || label >= classes) {
                throw new DatasetException("the label of " + images.name(index) + " is " + label
                        + ", expected less than the model's " + classes + " classes");
            }
        }
    }

    /** Puts the rows that are there already between those that were computed, from an index on. */
    private static List<ImageResult> withEarlier(List<ImageResult> computed, int from, EarlierResults earlier) {
        List<ImageResult> rows = new ArrayList<>();
        int next = from;
        for (ImageResult one : computed) {
            while (next < one.index()) {
                rows.add(earlier.row(next++).orElseThrow());
            }
            rows.add(one);
            next++;
        }
        return rows;
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
