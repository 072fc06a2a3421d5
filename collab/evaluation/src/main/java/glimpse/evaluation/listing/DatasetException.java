package glimpse.evaluation.listing;

import java.io.IOException;

/** A data set that can't be used at all. The message says what is wrong, where, and what was expected. */
public final class DatasetException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with a message. */
    public DatasetException(String message) {
        super(message);
    }

    /** Creates an exception with a message and a cause. */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
