package glimpse.cli.progress;

import glimpse.evaluation.io.Counted;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.run.EvaluationListener;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Reports on standard error how far an evaluation is and which images failed. */
public interface Progress extends EvaluationListener, AutoCloseable {
    /** System property with the width of the terminal in columns; absent if standard error is no terminal. */
    String COLUMNS_PROPERTY = "glimpse.terminal.columns";

    /** Most characters of a line about an image. */
    int MOST_CHARACTERS = 1500;

    /** Returns a progress bar on a terminal, and occasional lines elsewhere; they keep the estimate informed. */
    static Progress of(CommandSpec spec, TimeLeft timeLeft) {
        PrintWriter err = spec.commandLine().getErr();
        Integer columns = Integer.getInteger(COLUMNS_PROPERTY);
        return columns == null
                ? new ProgressLines(spec.qualifiedName(), err, timeLeft)
                : new ProgressBars(spec.qualifiedName(), columns, timeLeft);
    }

    /** Ends the report; later calls do nothing. */
    @Override
    void close();

    /** Returns the line for an image that failed. */
    static String failure(String command, ImageResult.Failed failed) {
        return command + ": " + VisibleText.message(failed.name() + ": " + failed.reason(), MOST_CHARACTERS);
    }

    /** Returns the number of images, the time and the throughput. */
    static String speed(int images, long nanos) {
        double seconds = nanos / 1e9;
        return String.format(
                Locale.ROOT,
                "%s in %.1f s, %.1f images/s",
                Counted.of(images, "image"),
                seconds,
                images / Math.max(seconds, 1e-9));
    }
}
