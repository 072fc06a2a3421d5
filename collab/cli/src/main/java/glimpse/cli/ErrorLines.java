package glimpse.cli;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsException;
import glimpse.evaluation.data.DatasetException;
import glimpse.evaluation.run.RunFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever went wrong into one line on standard error and an exit code. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Something failed that good input doesn't mend. */
    static final int FAILED = 1;

    /** The input was wrong. */
    static final int WRONG_INPUT = 2;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        print(e.getCommandLine(), e.getMessage() + " (see " + name + " --help)");
        return WRONG_INPUT;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        print(command, line(e));
        if (parsed.originalArgs().contains(Main.STACKTRACE)) {
            e.printStackTrace(command.getErr());
        }
        return isWrongInput(e) ? WRONG_INPUT : FAILED;
    }

    private static void print(CommandLine command, String message) {
        String oneLine = message.replaceAll("\\s*\\R\\s*", " ");
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine);
        command.getErr().flush();
    }

    private static boolean isWrongInput(Exception e) {
        return e instanceof UsageException
                || e instanceof DatasetException
                || e instanceof RunFolder.UnusableFolderException
                || e instanceof ImageFormatException
                || e instanceof ModelException
                || e instanceof SafetensorsException
                || e instanceof NoSuchFileException;
    }

    private static String line(Exception e) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return "failed: " + e.getClass().getSimpleName();
        }
        return switch (e) {
            case NoSuchFileException missing when missing.getReason() == null -> message + ": no such file";
            case AccessDeniedException denied when denied.getReason() == null -> message + ": access denied";
            case IOException other -> message;
            case UsageException other -> message;
            default -> "failed: " + e.getClass().getSimpleName() + ": " + message;
        };
    }
}
