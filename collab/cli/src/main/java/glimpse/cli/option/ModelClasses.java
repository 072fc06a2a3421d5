package glimpse.cli.option;

import glimpse.collab.node.Classifier;
import glimpse.engine.weights.ModelException;
import glimpse.evaluation.data.ClassIndex;
import java.nio.file.Path;

/** Reads the classes of a model. */
public final class ModelClasses {
    private ModelClasses() {}

    /**
     * Returns the model's classes.
     *
     * @throws ModelException naming the file if the model has no classifier, or its labels are invalid
     */
    public static ClassIndex of(Path file, Classifier model) throws ModelException {
        if (model.transformer().config().classes() == 0) {
            throw new ModelException(file + ": the model has no classifier; use glimpse embed to compute its features");
        }
        try {
            return ClassIndex.of(
                    model.transformer().labels(), model.transformer().config().classes());
        } catch (IllegalArgumentException e) {
            throw new ModelException(file + ": " + e.getMessage());
        }
    }
}
