package glimpse.spark;

import glimpse.cli.command.EvaluateCommand;
import glimpse.cli.command.ReproduceCommand;
import glimpse.cli.command.SweepCommand;
import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.option.ProgramOptions;
import glimpse.spark.command.ClusterEmbedCommand;
import glimpse.spark.file.HadoopFiles;
import glimpse.spark.model.RemoteModels;
import glimpse.spark.rows.ClusterRows;
import glimpse.spark.rows.RunStaging;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What {@code spark-submit glimpse-spark.jar} starts: commands of {@code glimpse} whose models run on a cluster. */
@Command(
        name = Main.NAME,
        sortOptions = false,
        description = {
            "Runs evaluations, sweeps and encoders on a Spark cluster.",
            "",
            "Options and results are those of glimpse. Paths may be URIs of any Hadoop file system, such as"
                    + " hdfs://namenode/imagenet/val; others are files of the machine, which all executors must share."
        },
        footer = {
            "",
            "Example:",
            "  spark-submit --master spark://host:7077 glimpse-spark.jar evaluate --edge tiny.safetensors \\",
            "      --server base.safetensors --images hdfs:///imagenet/val --out hdfs:///results"
        })
public final class Main implements Runnable {
    static final String NAME = "glimpse-spark";
    private static final String EMBED = "embed";
    private static final int HELP_COLUMNS = 100;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private ProgramOptions options = new ProgramOptions();

    /** Made by the command line. */
    public Main() {}

    /** Runs a command. Ends the process with its exit code unless that is 0, which Spark takes for success. */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, System.out.charset()), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, System.err.charset()), true);
        int exitCode;
        try (SparkSessions sessions = new SparkSessions()) {
            exitCode = run(sessions, out, err, List.of(arguments));
        }
        if (exitCode != ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    /** Runs a command and returns its exit code. */
    static int run(SparkSessions sessions, PrintWriter out, PrintWriter err, List<String> given) {
        Configuration configuration = SparkHadoopUtil.get().newConfiguration(new SparkConf());
        try {
            List<String> arguments = RemoteModels.fetch(given, configuration);
            Optional<RunStaging> staging = EMBED.equals(command(arguments))
                    ? Optional.empty() // Spark writes its files itself
                    : RunStaging.of(arguments, configuration);
            if (staging.isEmpty()) {
                return execute(sessions, out, err, arguments, configuration, Optional.empty());
            }
            try (RunStaging folder = staging.get()) {
                folder.fetch();
                int exitCode = execute(
                        sessions, out, err, folder.arguments(arguments), configuration, Optional.of(folder.remote()));
                if (exitCode != ExitCode.INVALID_INPUT) {
                    folder.store();
                }
                return exitCode;
            }
        } catch (IllegalArgumentException e) { // a URI of no file system
            ErrorLines.print(err, NAME, String.valueOf(e.getMessage()));
            return ExitCode.INVALID_INPUT;
        } catch (IOException e) {
            return ErrorLines.print(err, NAME, e);
        }
    }

    /** Returns the first argument that isn't an option; empty if there is none. */
    private static String command(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
    }

    private static int execute(
            SparkSessions sessions,
            PrintWriter out,
            PrintWriter err,
            List<String> arguments,
            Configuration configuration,
            Optional<String> remote) {
        ErrorLines errors = new ErrorLines();
        ClusterRows rows = new ClusterRows(sessions::context, arguments, remote);
        return new CommandLine(new Main())
                .addSubcommand(named(new EvaluateCommand(rows), "evaluate"))
                .addSubcommand(named(new SweepCommand(rows), "sweep"))
                .addSubcommand(named(new ReproduceCommand(rows), "reproduce"))
                .addSubcommand(new ClusterEmbedCommand(sessions::session))
                .registerConverter(Path.class, text -> path(text, configuration))
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .execute(arguments.toArray(String[]::new));
    }

    private static CommandLine named(Object command, String name) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().usageMessage().customSynopsis("spark-submit ... glimpse-spark.jar " + name + " OPTIONS");
        return line;
    }

    private static Path path(String text, Configuration configuration) {
        try {
            return HadoopFiles.path(text, configuration);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command, expected " + ErrorLines.commands(spec.commandLine()));
    }
}
