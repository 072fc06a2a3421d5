package glimpse.cli;

import glimpse.convert.ConvertCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code glimpse}: the program. */
@Command(
        name = "glimpse",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ConvertCommand.class,
            InfoCommand.class,
            ClassifyCommand.class,
            EmbedCommand.class,
            ExplainCommand.class,
            EvaluateCommand.class,
            SweepCommand.class,
            ReportCommand.class
        },
        description = {
            "Vision Transformers in pure Java, and collaborative inference with them: an edge looks at the whole image, a"
                    + " server gets a glimpse."
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong input"},
        footer = {
            "",
            "Example:",
            "  glimpse convert deit_tiny_patch16_224.safetensors --out tiny.glimpse.safetensors",
            "  glimpse classify --model tiny.glimpse.safetensors cat.jpg"
        })
public final class Main implements Runnable {
    static final String STACKTRACE = "--stacktrace";

    private static final int HELP_COLUMNS = 100; // the examples fit, for copying

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = STACKTRACE,
            hidden = true,
            scope = ScopeType.INHERIT,
            description = "Show where an error came from.")
    @SuppressWarnings("UnusedVariable") // read off the arguments, wherever it stands
    private boolean stacktrace;

    /** Made by the command line. */
    public Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true"); // pictures are drawn to files, whatever display there is
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, System.out.charset()));
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, System.err.charset()), true);
        int exitCode;
        try {
            exitCode = run(out, err, arguments);
        } catch (OutOfMemoryError e) {
            err.println("glimpse: out of memory; give it more with GLIMPSE_JAVA_OPTIONS=-Xmx4g, say");
            exitCode = ErrorLines.FAILED;
        }
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** Runs a command and gives its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        ErrorLines errors = new ErrorLines();
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command, expected convert, info, classify, embed, explain, evaluate, sweep or report");
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"glimpse " + (version == null ? "(not packaged)" : version)};
        }
    }
}
