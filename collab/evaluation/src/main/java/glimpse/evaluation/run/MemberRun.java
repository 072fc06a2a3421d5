package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.engine.image.Preprocessing;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One evaluation on its way through the images: it computes the rows that earlier evaluations didn't leave, and writes
 * all in the images' order. Not thread-safe.
 */
final class MemberRun implements AutoCloseable {
    private final Classifier edge;
    private final Channel channel;
    private final EvaluationPlan plan;
    private final int batchSize;
    private final Dataset images;
    private final RunRows rows;
    private final EarlierResults earlier;
    private final EdgePass edgePass;
    private int next; // index of the first image whose row isn't written
    private int computed;
    private long modelNanos;

    MemberRun(Classifier edge, Channel channel, EvaluationPlan plan, int batchSize, Dataset images, RunRows rows) {
        this.edge = edge;
        this.channel = channel;
        this.plan = plan;
        this.batchSize = batchSize;
        this.images = images;
        this.rows = rows;
        this.earlier = rows.earlier();
        this.edgePass = new EdgePass(new EdgeRunner(edge, plan.scores()));
    }

    Preprocessing preprocessing() {
        return edge.preprocessing();
    }

    int batchSize() {
        return batchSize;
    }

    /** Returns whether no earlier evaluation left the row of an image. */
    boolean lacks(int index) {
        return earlier.row(index).isEmpty();
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
        ImageBatch batch = ImageBatch.of(
                lacking, images, plan.allUploads(), earlier, edge.transformer().config());
        exchange(batch.classify(edgePass));
        List<ImageResult> results = batch.results();
        modelNanos += System.nanoTime() - begunNanos;
        computed += results.size();
        rows.append(withEarlier(results));
        next = results.getLast().index() + 1;
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

    /** Puts the rows that are there already between those that were computed. */
    private List<ImageResult> withEarlier(List<ImageResult> results) {
        List<ImageResult> all = new ArrayList<>();
        int index = next;
        for (ImageResult one : results) {
            while (index < one.index()) {
                all.add(earlier.row(index++).orElseThrow());
            }
            all.add(one);
            index++;
        }
        return all;
    }

    /**
     * Writes the rest of the rows.
     *
     * @param wallNanos how long the pass over the images took
     */
    RunResult finish(long wallNanos) throws IOException {
        while (next < images.size()) {
            rows.append(List.of(earlier.row(next++).orElseThrow()));
        }
        return new RunResult(rows.finish(images.size()), new Speed(computed, modelNanos, wallNanos));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
