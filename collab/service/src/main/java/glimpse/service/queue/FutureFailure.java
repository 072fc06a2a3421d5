package glimpse.service.queue;

import java.util.concurrent.CompletionException;

/** Failures as futures pass them on: those that depend on another wrap what it failed with. */
public final class FutureFailure {
    private FutureFailure() {}

    /** Returns what went wrong, without the wrapping. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }
}
