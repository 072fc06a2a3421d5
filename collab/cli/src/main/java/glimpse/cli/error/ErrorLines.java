package glimpse.cli.error;

import glimpse.cli.output.OutputException;
import glimpse.convert.error.ConvertException;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsException;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.rows.RunFolderException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every exception into one line on standard error and an exit code. */
public final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** The hidden option that also prints the stack trace. */
    public static final String STACKTRACE = "--stacktrace";

    private static final String INVALID_VALUE = "Invalid value for ";
    private static final int MOST_CHARACTERS = 1500;
    private static final String NO_SUCH_FILE = ": no such file";

    /** Makes the handler. */
    public ErrorLines() {}

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(e.getMessage());
        ArgSpec argument = e.getArgSpec();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !e.getCommandLine().getSubcommands().isEmpty()) {
            message = "unknown command '" + unmatched.getUnmatched().getFirst() + "', expected "
                    + commands(e.getCommandLine());
        }
        if (argument != null && message.startsWith(INVALID_VALUE) && message.contains(": ")) {
            // "Invalid value for option '--limit' (N): ...": the rest says what stood there and what was expected
            print(e.getCommandLine(), nameOf(argument) + message.substring(message.indexOf(": ")));
        } else {
            print(e.getCommandLine(), message + " (see " + name + " --help)");
        }
        return ExitCode.INVALID_INPUT;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof OutputException lost) {
            return lostOutput(command, lost);
        }
        int exitCode = print(command.getErr(), command.getCommandSpec().qualifiedName(), e);
        if (parsed.originalArgs().contains(STACKTRACE)) {
            e.printStackTrace(command.getErr());
        }
        return exitCode;
    }

    /** Lists the names of a command's subcommands. */
    public static String commands(CommandLine command) {
        List<String> names = List.copyOf(command.getSubcommands().keySet());
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }

    private static String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** Reports that standard output was lost, unless its reader left on purpose, and returns the exit code. */
    public static int lostOutput(CommandLine command, OutputException e) {
        if (e.isClosedPipe()) {
            return ExitCode.CLOSED_PIPE;
        }
        print(command, String.valueOf(e.getMessage()));
        return ExitCode.FAILED;
    }

    /** Prints a message of a command on standard error, as one line of bounded length. */
    public static void print(PrintWriter err, String command, String message) {
        err.println(command + ": " + VisibleText.message(message, MOST_CHARACTERS));
        err.flush();
    }

    /** Prints what an exception says on standard error, as one line, and returns the exit code. */
    public static int print(PrintWriter err, String command, Exception e) {
        print(err, command, line(e));
        return isInvalidInput(e) ? ExitCode.INVALID_INPUT : ExitCode.FAILED;
    }

    private static void print(CommandLine command, String message) {
        print(command.getErr(), command.getCommandSpec().qualifiedName(), message);
    }

    private static boolean isInvalidInput(Exception e) {
        return e instanceof UsageException
                || e instanceof ConvertException
                || e instanceof DatasetException
                || e instanceof RunFolderException
                || e instanceof ImageFormatException
                || e instanceof ModelException
                || e instanceof SafetensorsException
                || e instanceof NoSuchFileException
                || e instanceof NotDirectoryException;
    }

    private static String line(Exception e) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return "failed: " + e.getClass().getSimpleName();
        }
        return switch (e) {
            case NoSuchFileException missing
            when missing.getReason() == null && !message.contains(NO_SUCH_FILE) -> message + NO_SUCH_FILE;
            case AccessDeniedException denied when denied.getReason() == null -> message + ": access denied";
            case NotDirectoryException file when file.getReason() == null -> message + ": not a folder";
            case FileAlreadyExistsException file when file.getReason() == null -> message + ": already exists";
            case IOException other -> message;
            case UsageException other -> message;
            case NonFiniteOutputException other -> message;
            default -> "failed: " + e.getClass().getSimpleName() + ": " + message;
        };
    }
}
