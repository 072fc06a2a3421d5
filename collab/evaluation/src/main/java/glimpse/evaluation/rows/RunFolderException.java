package glimpse.evaluation.rows;

import java.io.IOException;

/** A folder that can't hold the run, for a reason that the user can remedy. */
public final class RunFolderException extends IOException {
    private static final long serialVersionUID = 1;

    RunFolderException(String message) {
        super(message);
    }
}
