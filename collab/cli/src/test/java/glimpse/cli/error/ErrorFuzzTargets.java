package glimpse.cli.error;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What is printed of an exception. */
public final class ErrorFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public ErrorFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("error-line", ErrorFuzzTargets::errorLine));
    }

    private static void errorLine(byte[] input) {
        CommandLine command = new CommandLine(CommandSpec.create().name("glimpse"));
        StringWriter printed = new StringWriter();
        command.setErr(new PrintWriter(printed));
        ErrorLines lines = new ErrorLines();
        for (Exception e : List.of(new IOException(Texts.of(input)), new UsageException(Texts.of(input)))) {
            printed.getBuffer().setLength(0);
            int exit = lines.handleExecutionException(e, command, command.parseArgs());
            Texts.requireEqual(e instanceof UsageException ? ExitCode.INVALID_INPUT : ExitCode.FAILED, exit);
            requireOneLine(printed.toString());
        }
    }

    private static void requireOneLine(String printed) {
        String line =
                printed.substring(0, printed.length() - System.lineSeparator().length());
        if (!line.startsWith("glimpse: ") || line.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("not one line: " + printed);
        }
    }
}
