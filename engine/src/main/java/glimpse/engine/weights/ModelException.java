package glimpse.engine.weights;

import java.io.IOException;

/** A well-formed file doesn't hold the model it should; the message lists everything that is wrong. */
public final class ModelException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes an error with its message: the file, what is wrong with it, what was expected. */
    public ModelException(String message) {
        super(message);
    }
}
