package glimpse.cli.option;

import glimpse.engine.Workers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --threads}, for commands that run a model. */
public final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = NumberOf.Threads.class,
            description = "Run the model on N threads. Default: one per physical core.")
    private @Nullable Integer threads;

    /** Made by the command line, which sets the option. */
    public ThreadsOption() {}

    /** Starts the threads. */
    public Workers workers() {
        return threads == null ? Workers.ofPhysicalCores() : Workers.of(threads);
    }
}
