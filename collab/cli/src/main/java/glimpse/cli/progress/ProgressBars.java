package glimpse.cli.progress;

import glimpse.evaluation.rows.ImageResult;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Draws a progress bar with images per second and the time left. */
final class ProgressBars implements Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final String command;
    private final int columns;
    private final TimeLeft timeLeft;
    private volatile Optional<Duration> left = Optional.empty(); // the bar's own thread reads it
    private Optional<ProgressBar> bar = Optional.empty();

    ProgressBars(String command, int columns, TimeLeft timeLeft) {
        this.command = command;
        this.columns = columns;
        this.timeLeft = timeLeft;
    }

    @Override
    public void started(int done, int total) {
        timeLeft.started(done, total);
        left = timeLeft.get();
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName("images")
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setEtaFunction(state -> left)
                .showSpeed(new DecimalFormat(" 0.0 images", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new ConsoleProgressBarConsumer(System.err, Math.max(columns - 1, 20)))
                .build());
    }

    @Override
    public void imageFinished(ImageResult row) {
        if (row instanceof ImageResult.Failed failed) {
            System.err.println(CLEAR_LINE + Progress.failure(command, failed));
        }
        timeLeft.imageFinished(row);
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public void batchFinished() {
        timeLeft.batchFinished();
        left = timeLeft.get();
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }
}
