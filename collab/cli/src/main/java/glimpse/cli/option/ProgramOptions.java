package glimpse.cli.option;

import glimpse.cli.error.ErrorLines;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of a program that all its commands have. */
public final class ProgramOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = ErrorLines.STACKTRACE,
            hidden = true,
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error.")
    @SuppressWarnings("UnusedVariable") // ErrorLines looks for it among the arguments
    private boolean stacktrace;

    /** Made by the command line, which sets the options. */
    public ProgramOptions() {}
}
