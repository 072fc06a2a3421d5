package glimpse.cli;

import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.option.ProgramOptions;
import glimpse.cli.output.OutputException;
import glimpse.cli.output.StandardOutput;
import glimpse.engine.EarlyCompilation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** {@code glimpse}: the program. */
@Command(
        name = "glimpse",
        versionProvider = Main.Version.class,
        sortOptions = false,
        description = {
            "Runs Vision Transformers, alone or in collaboration: an edge classifies the whole image and uploads to a server"
                    + " only the patches that matter."
        },
        exitCodeList = {
            "0:The command succeeded.",
            "1:The command failed.",
            "2:The input is invalid.",
            "141:The reader of the output has gone."
        },
        footer = {
            "",
            "Example:",
            "  glimpse convert deit_tiny_patch16_224.safetensors --out tiny.safetensors",
            "  glimpse classify --model tiny.safetensors cat.jpg",
            "",
            "Run glimpse COMMAND --help for the options of a command.",
            "glimpse serve runs the server; scripts/glimpse builds it when it is first used."
        })
public final class Main implements Runnable {
    private static final int HELP_COLUMNS = 100; // wide enough for the examples, which can be copied
    private static final int LONG_OPTION_COLUMNS = 25;
    private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
    private static final String EARLY_COMPILATION = "glimpse.early.compilation"; // the launcher sets it
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private ProgramOptions options = new ProgramOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    /** Made by the command line. */
    public Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        if (Boolean.getBoolean(EARLY_COMPILATION)) {
            EarlyCompilation.start();
        }
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "glimpse: %5$s%n"); // one line, without date and class
        }
        if (System.getProperty(TUNNEL_SCHEMES) == null) {
            System.setProperty(TUNNEL_SCHEMES, ""); // a proxy's password may be sent to it, also for https
        }
        System.setProperty(
                "java.awt.headless", "true"); // pictures are drawn to files, whether or not there is a display
        PrintWriter out = StandardOutput.to(new FileOutputStream(FileDescriptor.out), System.out.charset());
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, System.err.charset()), true);
        int exitCode;
        try {
            exitCode = run(out, err, arguments);
        } catch (OutOfMemoryError e) {
            err.println("glimpse: out of memory; set a larger heap, such as GLIMPSE_JAVA_OPTIONS=-Xmx4g");
            exitCode = ExitCode.FAILED;
        } catch (Error e) {
            ErrorLines.print(err, "glimpse", "failed: " + e);
            exitCode = ExitCode.FAILED;
        }
        err.flush();
        System.exit(exitCode);
    }

    /** Runs a command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        ErrorLines errors = new ErrorLines();
        CommandLine program = new CommandLine(new Main());
        Commands.addTo(program, arguments);
        arrangeHelp(program);
        program.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setUsageHelpLongOptionsMaxWidth(LONG_OPTION_COLUMNS)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        program.setExecutionStrategy(parsed -> {
            try {
                int exitCode = new RunLast().execute(parsed);
                out.flush();
                return exitCode;
            } catch (OutputException e) { // of the help or the last flush; the handler has those of the commands
                return ErrorLines.lostOutput(program, e);
            }
        });
        return program.execute(arguments);
    }

    /** Gives the help of every command the same headings. */
    private static void arrangeHelp(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n");
        command.getSubcommands().values().forEach(Main::arrangeHelp);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command, expected " + ErrorLines.commands(spec.commandLine()));
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
