package glimpse.convert.hub;

import java.io.IOException;

/** A failure of the hub or of the way to it that may be over soon. */
final class TransientHubException extends IOException {
    private static final long serialVersionUID = 1L;

    TransientHubException(String message) {
        super(message);
    }

    TransientHubException(String message, IOException cause) {
        super(message, cause);
    }
}
