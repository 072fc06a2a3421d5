package glimpse.cli.model;

import glimpse.collab.node.Classifier;
import glimpse.engine.weights.ModelException;
import glimpse.evaluation.classes.ClassIndex;

/** Reads the classes of a model. */
public final class ModelClasses {
    private ModelClasses() {}

    /**
     * Returns the model's classes.
     *
     * @param name of the model, for errors
     * @throws ModelException naming the model if the model has no classifier, or its labels are invalid
     */
    public static ClassIndex of(String name, Classifier model) throws ModelException {
        if (model.transformer().config().classes() == 0) {
            throw new ModelException(name + ": the model has no classifier; use glimpse embed to compute its features");
        }
        try {
            return ClassIndex.of(
                    model.transformer().labels(), model.transformer().config().classes());
        } catch (IllegalArgumentException e) {
            throw new ModelException(name + ": " + e.getMessage());
        }
    }
}
