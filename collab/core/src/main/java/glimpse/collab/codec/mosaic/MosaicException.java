package glimpse.collab.codec.mosaic;

import java.io.IOException;

/** Thrown if bytes aren't the code of the patches that they should hold; the message says why. */
public final class MosaicException extends IOException {
    private static final long serialVersionUID = 1;

    MosaicException(String message) {
        super(message);
    }
}
