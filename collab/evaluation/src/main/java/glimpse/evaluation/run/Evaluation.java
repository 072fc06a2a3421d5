package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.DatasetException;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.List;

/** Runs a plan on every image of a data set in this process, resumably. */
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
     * Starts a run, or resumes or extends an earlier one, as {@link ResumableRun} does.
     *
     * @return the rows of all images, in the images' order
     * @throws IllegalArgumentException if a score names a layer that the edge's model doesn't have
     * @throws DatasetException if a label isn't a class of the models
     * @throws RunFolderException if the folder holds results of images or uploads that this run doesn't have
     * @throws IOException if the channel breaks or a row can't be written; finished rows are kept
     */
    public List<ImageResult> run(Dataset images, RunFolder folder, EvaluationListener listener)
            throws IOException, InterruptedException {
        ResumableRun run = new ResumableRun(images, plan, edge.transformer().config());
        RowComputer computer = new RowComputer(edge, channel, plan);
        return run.complete(folder, listener, earlier -> (missing, sink) -> {
            try (ImagePrefetcher prefetcher = new ImagePrefetcher(images, edge, batchSize, missing)) {
                for (List<Decoded> batch = prefetcher.next(); !batch.isEmpty(); batch = prefetcher.next()) {
                    sink.accept(computer.rows(batch, images, earlier, batchSize));
                }
            }
        });
    }
}
