package glimpse.cli.progress;

import glimpse.evaluation.rows.ImageResult;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a line every ten seconds, for logs. */
final class ProgressLines implements Progress {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private final String command;
    private final PrintWriter err;
    private final TimeLeft timeLeft;
    private long begunNanos;
    private long lastLineNanos;
    private int before;
    private int done;
    private int total;
    private boolean closed;

    ProgressLines(String command, PrintWriter err, TimeLeft timeLeft) {
        this.command = command;
        this.err = err;
        this.timeLeft = timeLeft;
    }

    @Override
    public void started(int doneBefore, int all) {
        before = doneBefore;
        done = doneBefore;
        total = all;
        timeLeft.started(doneBefore, all);
        begunNanos = System.nanoTime();
        lastLineNanos = begunNanos;
        if (doneBefore > 0) {
            err.println(command + ": " + doneBefore + " of " + all + " images were already finished");
        }
    }

    @Override
    public void imageFinished(ImageResult row) {
        done++;
        timeLeft.imageFinished(row);
        if (row instanceof ImageResult.Failed failed) {
            err.println(Progress.failure(command, failed));
        }
    }

    @Override
    public void batchFinished() {
        timeLeft.batchFinished();
        long now = System.nanoTime();
        if (now - lastLineNanos >= NANOS_BETWEEN_LINES) {
            lastLineNanos = now;
            double perSecond = (done - before) / ((now - begunNanos) / 1e9);
            err.println(String.format(
                    Locale.ROOT,
                    "%s: %d of %d images, %.1f images/s, %s left",
                    command,
                    done,
                    total,
                    perSecond,
                    timeLeft.get().map(TimeLeft::text).orElse("unknown time")));
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
