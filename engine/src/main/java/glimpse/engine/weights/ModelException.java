package glimpse.engine.weights;

import java.io.IOException;

/**
 * Thrown if a path is no file, or a well-formed file doesn't hold a valid model; the message names the file and lists
 * everything that is wrong.
 */
public final class ModelException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message of one line: the file, what is wrong with it, what was expected. */
    public ModelException(String message) {
        super(message);
    }
}
