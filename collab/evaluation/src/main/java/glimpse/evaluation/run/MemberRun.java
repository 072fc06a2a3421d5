package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import glimpse.engine.image.Preprocessing;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunRows;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * One evaluation on its way through the images: it computes the rows that earlier evaluations didn't leave, and writes
 * all in the images' order. Not thread-safe.
 */
final class MemberRun implements AutoCloseable {
    private final Classifier edge;
    private final int batchSize;
    private final Dataset images;
    private final RunRows rows;
    private final RowComputer computer;
    private int computed;
    private long modelNanos;

    /**
     * Begins an evaluation.
     *
     * @param edgePass of that edge, perhaps shared with other evaluations
     */
    MemberRun(
            Classifier edge,
            Channel channel,
            EvaluationPlan plan,
            int batchSize,
            Dataset images,
            RunRows rows,
            EdgePass edgePass) {
        this.edge = edge;
        this.batchSize = batchSize;
        this.images = images;
        this.rows = rows;
        this.computer = new RowComputer(edge, channel, plan, edgePass);
    }

    Preprocessing preprocessing() {
        return edge.preprocessing();
    }

    int batchSize() {
        return batchSize;
    }

    /** Returns whether no earlier evaluation left the row of an image. */
    boolean lacks(int index) {
        return rows.lacks(index);
    }

    /**
     * Computes and writes the rows that are lacking.
     *
     * @param decoded images in their order, as the model sees them
     * @return the rows that were computed, which are on the disk
     */
    List<ImageResult> evaluate(List<Decoded> decoded) throws IOException {
        List<Decoded> lacking =
                decoded.stream().filter(image -> lacks(image.index())).toList();
        if (lacking.isEmpty()) {
            return List.of();
        }
        long begunNanos = System.nanoTime();
        List<ImageResult> results = computer.rows(lacking, images, rows.earlier(), batchSize);
        modelNanos += System.nanoTime() - begunNanos;
        computed += results.size();
        rows.append(results);
        return results;
    }

    /**
     * Writes the rest of the rows.
     *
     * @param wallNanos how long the pass over the images took
     */
    RunResult finish(long wallNanos) throws IOException {
        return new RunResult(rows.finish(images.size()), new Speed(computed, OptionalLong.of(modelNanos), wallNanos));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
