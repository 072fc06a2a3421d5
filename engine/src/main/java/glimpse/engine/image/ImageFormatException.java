package glimpse.engine.image;

import java.io.IOException;

/** An image file that can't be decoded: it is truncated, corrupt, too large or of a kind that isn't supported. */
public final class ImageFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** Makes an exception that says what is wrong. */
    public ImageFormatException(String message) {
        super(message);
    }

    /** Makes an exception that says what is wrong and keeps what the decoder threw. */
    public ImageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
