package glimpse.spark;

import glimpse.cli.command.EvaluateCommand;
import glimpse.cli.command.ReproduceCommand;
import glimpse.cli.command.SweepCommand;
import glimpse.cli.error.ErrorLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Runs commands on a cluster of two threads, which all tests of a virtual machine share, and on none. */
public final class LocalSpark {
    private static final SparkSessions SESSIONS = new SparkSessions();

    private LocalSpark() {}

    /** What a command printed, and how it ended. */
    public record Outcome(int exitCode, String out, String err) {}

    /** Returns the session of all tests. */
    public static synchronized SparkSession session() {
        return SESSIONS.session();
    }

    /** Runs a command of the cluster. */
    public static synchronized Outcome cluster(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(SESSIONS, new PrintWriter(out), new PrintWriter(err), List.of(arguments));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** Runs the same command in this process alone. */
    public static Outcome alone(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ErrorLines errors = new ErrorLines();
        int exitCode = new CommandLine(new Program())
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(new SweepCommand())
                .addSubcommand(new ReproduceCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .execute(arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    @CommandLine.Command(name = "glimpse")
    private static final class Program {}
}
