package glimpse.page.model;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.node.InspectedImage;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.image.PixelPatches;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Runs a model that nobody else schedules, on one picture at a time. Thread-safe. */
public final class OwnEdgePass implements EdgePass {
    private final EdgeRunner runner;
    private final Lock turn = new ReentrantLock();

    /**
     * Creates a pass.
     *
     * @param score by which the page selects patches
     * @throws IllegalArgumentException if the model can't provide the attention that the score needs
     */
    public OwnEdgePass(Classifier classifier, AttentionScore score) {
        this.runner = new EdgeRunner(classifier, Set.of(score), true);
    }

    @Override
    public InspectedImage inspect(PixelPatches image) {
        turn.lock();
        try {
            return runner.inspect(image);
        } finally {
            turn.unlock();
        }
    }
}
