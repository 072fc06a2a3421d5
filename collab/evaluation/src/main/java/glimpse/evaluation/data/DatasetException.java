package glimpse.evaluation.data;

import java.io.IOException;

/** A data set that can't be used at all: what is wrong, where, and what was expected. */
public final class DatasetException extends IOException {
    private static final long serialVersionUID = 1;

    /** Makes an exception that says what is wrong. */
    public DatasetException(String message) {
        super(message);
    }

    /** Makes an exception that says what is wrong and keeps its cause. */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
