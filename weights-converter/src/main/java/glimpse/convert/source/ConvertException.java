package glimpse.convert.source;

import java.io.IOException;

/** What the user gave can't be converted; the message says which file, what is wrong with it and what was expected. */
public final class ConvertException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes an error with its message, one line. */
    public ConvertException(String message) {
        super(message);
    }

    /** Makes an error with its message, one line, and what led to it. */
    public ConvertException(String message, Throwable cause) {
        super(message, cause);
    }
}
