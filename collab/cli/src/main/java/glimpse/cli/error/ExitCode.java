package glimpse.cli.error;

/** The exit codes of every command. */
public final class ExitCode {
    /** The command did what it was asked to do. */
    public static final int OK = 0;

    /** The command failed for a reason other than its input, such as a full disk. */
    public static final int FAILED = 1;

    /** An argument or an input file is invalid. */
    public static final int INVALID_INPUT = 2;

    /** The reader of standard output has gone: 128 + SIGPIPE, as of a program that the signal ends. */
    public static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
