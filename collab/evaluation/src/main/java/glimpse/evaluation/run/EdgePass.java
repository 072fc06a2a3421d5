package glimpse.evaluation.run;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/**
 * Runs the edge's model on batches such that an image that it can't classify fails alone. What it makes of an image it
 * keeps until {@link #forget}, so that evaluations which share a pass over the images share the edge's work. Not
 * thread-safe.
 */
final class EdgePass {
    private final EdgeRunner runner;
    private final IdentityHashMap<Decoded.Patches, Answer> known = new IdentityHashMap<>();

    EdgePass(EdgeRunner runner) {
        this.runner = runner;
    }

    /**
     * Returns a pass that computes what policies need.
     *
     * @throws IllegalArgumentException if a score names a layer that the model doesn't have
     */
    static EdgePass of(Classifier edge, Collection<SelectionPolicy> policies) {
        return new EdgePass(EdgeRunner.of(edge, policies));
    }

    /** What the edge makes of one image. */
    sealed interface Answer {
        /**
         * The edge's result.
         *
         * @param uploads encodes what is sent of the image
         */
        record Result(EdgeResult result, UploadEncoder uploads) implements Answer {}

        record Failure(String reason) implements Answer {}
    }

    /**
     * Returns one answer per image, in the same order.
     *
     * @param batch images of which those that aren't known are classified together
     * @param images the data set that they are from
     */
    List<Answer> classify(List<Decoded.Patches> batch, Dataset images) {
        run(batch.stream().filter(image -> !known.containsKey(image)).toList(), images);
        return batch.stream()
                .map(image -> Objects.requireNonNull(known.get(image)))
                .toList();
    }

    private void run(List<Decoded.Patches> batch, Dataset images) {
        List<EdgeResult> results;
        try {
            results =
                    runner.classify(batch.stream().map(Decoded.Patches::patches).toList());
        } catch (RuntimeException | OutOfMemoryError e) {
            if (batch.size() == 1) {
                known.put(batch.getFirst(), new Answer.Failure(reason(e)));
            } else {
                batch.forEach(image -> run(List.of(image), images));
            }
            return;
        }
        int grid = runner.classifier().transformer().config().grid();
        for (int i = 0; i < batch.size(); i++) {
            Decoded.Patches image = batch.get(i);
            EdgeResult result = results.get(i);
            UploadEncoder uploads = new UploadEncoder(image.index(), image.patches(), result, images, grid);
            known.put(image, new Answer.Result(result, uploads));
        }
    }

    /** Forgets all images: those of the next batch are others. */
    void forget() {
        known.clear();
    }

    /** Returns why an image fails on the edge. */
    static String reason(Throwable e) {
        return "the edge failed: " + (e instanceof OutOfMemoryError ? "not enough memory" : e.getMessage());
    }
}
