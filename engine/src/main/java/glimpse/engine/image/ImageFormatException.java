package glimpse.engine.image;

import java.io.IOException;

/** Thrown if an image file can't be decoded: it is truncated, corrupt, too large or in an unsupported format. */
public final class ImageFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates an exception that says what is wrong. */
    public ImageFormatException(String message) {
        super(message);
    }

    /** Creates an exception that says what is wrong, caused by what the decoder threw. */
    public ImageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
