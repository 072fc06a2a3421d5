package glimpse.service.queue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Logs the first of several failures that end nothing. Thread-safe. */
final class FirstFailure {
    private final Consumer<String> log;
    private final AtomicBoolean logged = new AtomicBoolean();

    FirstFailure(Consumer<String> log) {
        this.log = log;
    }

    /**
     * Logs a failure if it is the first. Never throws.
     *
     * @param what failed
     */
    void report(String what, Throwable failure) {
        if (logged.getAndSet(true)) {
            return;
        }
        try {
            log.accept(what + " failed: " + failure + "; further failures aren't logged");
        } catch (RuntimeException | Error _) { // the log must not end what the failure didn't
        }
    }
}
