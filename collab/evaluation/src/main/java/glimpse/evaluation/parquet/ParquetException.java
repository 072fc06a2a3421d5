package glimpse.evaluation.parquet;

import java.io.IOException;

/** A file that isn't a whole Parquet file of labelled images. The message says what is wrong and what was expected. */
public final class ParquetException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with a message. */
    public ParquetException(String message) {
        super(message);
    }

    /** Creates an exception with a message and a cause. */
    public ParquetException(String message, Throwable cause) {
        super(message, cause);
    }
}
