package glimpse.evaluation.tar;

import java.io.IOException;

/** A file that isn't a whole tar archive. The message names it and says what is wrong and where. */
public final class TarException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with a message. */
    public TarException(String message) {
        super(message);
    }
}
