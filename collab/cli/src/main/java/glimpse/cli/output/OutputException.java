package glimpse.cli.output;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Standard output can't be written to. Unchecked, because it has to pass through {@link java.io.PrintWriter}, which
 * swallows every {@link IOException}.
 */
public final class OutputException extends UncheckedIOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean closedPipe;

    OutputException(IOException cause) {
        super("standard output: can't be written: " + cause.getMessage(), cause);
        // Java passes on the C library's words, and no error code
        closedPipe = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    /** Returns whether the reader has closed the pipe: it wants no more, which is no failure of this program. */
    public boolean isClosedPipe() {
        return closedPipe;
    }
}
