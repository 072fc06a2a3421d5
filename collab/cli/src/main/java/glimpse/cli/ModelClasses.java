package glimpse.cli;

import glimpse.collab.node.Classifier;
import glimpse.engine.weights.ModelException;
import glimpse.evaluation.data.ClassIndex;
import java.nio.file.Path;

/** The classes of a model's file. */
final class ModelClasses {
    private ModelClasses() {}

    static ClassIndex of(Path file, Classifier model) throws ModelException {
        if (model.transformer().config().classes() == 0) {
            throw new ModelException(file
                    + ": a model without a classifier, expected one with classes; glimpse embed gives its features");
        }
        try {
            return ClassIndex.of(
                    model.transformer().labels(), model.transformer().config().classes());
        } catch (IllegalArgumentException e) {
            throw new ModelException(file + ": " + e.getMessage());
        }
    }
}
