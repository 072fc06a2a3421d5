package glimpse.cli.progress;

import glimpse.evaluation.run.ImageResult;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a line every ten seconds, for logs. */
final class ProgressLines implements Progress {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private final String command;
    private final PrintWriter err;
    private long begunNanos;
    private long lastLineNanos;
    private int before;
    private int done;
    private int total;
    private boolean closed;

    ProgressLines(String command, PrintWriter err) {
        this.command = command;
        this.err = err;
    }

    @Override
    public void started(int doneBefore, int all) {
        before = doneBefore;
        done = doneBefore;
        total = all;
        begunNanos = System.nanoTime();
        lastLineNanos = begunNanos;
        if (doneBefore > 0) {
            err.println(command + ": " + doneBefore + " of " + all + " images were already finished");
        }
    }

    @Override
    public void imageFinished(ImageResult row) {
        done++;
        if (row instanceof ImageResult.Failed failed) {
            err.println(Progress.failure(command, failed));
        }
        long now = System.nanoTime();
        if (now - lastLineNanos >= NANOS_BETWEEN_LINES) {
            lastLineNanos = now;
            double perSecond = (done - before) / ((now - begunNanos) / 1e9);
            err.println(String.format(
                    Locale.ROOT,
                    "%s: %d of %d images, %.1f images/s, %.0f s left",
                    command,
                    done,
                    total,
                    perSecond,
                    (total - done) / perSecond));
        }
    }

    @Override
    public void close() {
        if (!closed && done > before) {
            err.println(command + ": " + Progress.speed(done - before, System.nanoTime() - begunNanos));
        }
        closed = true;
    }
}
