package glimpse.cli;

import glimpse.engine.Workers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --threads}, for commands that run a model. */
final class ThreadsOption {
    private static final int MAX_THREADS = 1024;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that run the model; one for each physical core unless given.")
    private @Nullable Integer threads;

    Workers workers() {
        if (threads == null) {
            return Workers.ofPhysicalCores();
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new UsageException("--threads " + threads + " is invalid, expected 1.." + MAX_THREADS);
        }
        return Workers.of(threads);
    }
}
