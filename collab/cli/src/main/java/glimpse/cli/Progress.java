package glimpse.cli;

import glimpse.evaluation.run.EvaluationListener;
import glimpse.evaluation.run.ImageResult;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Tells how far an evaluation is, on standard error, and which images failed. */
interface Progress extends EvaluationListener, AutoCloseable {
    /** Where the launcher says that standard error is a terminal, its width in columns; absent otherwise. */
    String COLUMNS_PROPERTY = "glimpse.terminal.columns";

    /** A bar on a terminal, a line now and then elsewhere. */
    static Progress of(CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        Integer columns = Integer.getInteger(COLUMNS_PROPERTY);
        return columns == null
                ? new ProgressLines(spec.qualifiedName(), err)
                : new ProgressBars(spec.qualifiedName(), columns);
    }

    /** May be called again. */
    @Override
    void close();

    /** What is said of an image that failed. */
    static String failure(String command, ImageResult.Failed failed) {
        return command + ": " + failed.name() + ": " + failed.reason();
    }

    /** How fast it went. */
    static String speed(int images, long nanos) {
        double seconds = nanos / 1e9;
        return String.format(
                Locale.ROOT, "%d images in %.1f s, %.1f images/s", images, seconds, images / Math.max(seconds, 1e-9));
    }
}
