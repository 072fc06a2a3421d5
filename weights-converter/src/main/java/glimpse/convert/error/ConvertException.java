package glimpse.convert.error;

import java.io.IOException;

/**
 * A source or option that can't be converted. The message is one line that says which file, tensor or option is wrong,
 * how, and what was expected.
 */
public final class ConvertException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message of one line. */
    public ConvertException(String message) {
        super(message);
    }

    /** Creates an exception with a message of one line and a cause. */
    public ConvertException(String message, Throwable cause) {
        super(message, cause);
    }
}
