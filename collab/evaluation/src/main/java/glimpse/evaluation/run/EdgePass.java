package glimpse.evaluation.run;

import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.engine.image.PixelPatches;
import java.util.ArrayList;
import java.util.List;

/** Runs the edge's model on batches such that an image that it can't classify fails alone. Not thread-safe. */
final class EdgePass {
    private final EdgeRunner runner;

    EdgePass(EdgeRunner runner) {
        this.runner = runner;
    }

    /** What the edge makes of one image. */
    sealed interface Answer {
        record Result(EdgeResult result) implements Answer {}

        record Failure(String reason) implements Answer {}
    }

    /** Returns one answer per image, in the same order. */
    List<Answer> classify(List<PixelPatches> images) {
        try {
            return runner.classify(images).stream()
                    .<Answer>map(Answer.Result::new)
                    .toList();
        } catch (RuntimeException | OutOfMemoryError e) {
            if (images.size() == 1) {
                return List.of(new Answer.Failure(reason(e)));
            }
            List<Answer> alone = new ArrayList<>();
            for (PixelPatches image : images) {
                alone.addAll(classify(List.of(image)));
            }
            return alone;
        }
    }

    /** Returns why an image fails on the edge. */
    static String reason(Throwable e) {
        return "the edge failed: " + (e instanceof OutOfMemoryError ? "not enough memory" : e.getMessage());
    }
}
