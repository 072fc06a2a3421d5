package glimpse.cli.progress;

import glimpse.convert.hub.DownloadListener;
import glimpse.evaluation.io.VisibleText;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows downloads on standard error: as a bar on a terminal, elsewhere as a line every ten seconds. */
public final class DownloadProgress implements DownloadListener, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;
    private static final long MEGABYTE = 1_000_000;

    private final PrintStream err = System.err;
    private final Optional<Integer> columns;
    private Optional<ProgressBar> bar = Optional.empty();
    private @Nullable String shown;
    private long lastLineNanos = System.nanoTime();

    /** Creates the progress of some downloads, for a terminal if there is one. */
    public DownloadProgress() {
        this.columns = Optional.ofNullable(Integer.getInteger(Progress.COLUMNS_PROPERTY));
    }

    @Override
    public void progress(String file, long bytes, long totalBytes) {
        if (columns.isPresent()) {
            if (!file.equals(shown)) {
                close();
                bar = Optional.of(bar(file, totalBytes, columns.get()));
                shown = file;
            }
            bar.ifPresent(it -> it.stepTo(bytes));
        } else if (System.nanoTime() - lastLineNanos >= NANOS_BETWEEN_LINES) {
            lastLineNanos = System.nanoTime();
            err.printf(
                    Locale.ROOT,
                    "glimpse: %s: %.1f of %.1f MB%n",
                    VisibleText.name(file),
                    (double) bytes / MEGABYTE,
                    (double) totalBytes / MEGABYTE);
        }
    }

    private ProgressBar bar(String file, long totalBytes, int width) {
        return new ProgressBarBuilder()
                .setTaskName(VisibleText.name(file))
                .setInitialMax(totalBytes)
                .setUnit(" MB", MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(err, Math.max(width - 1, 20)))
                .build();
    }

    @Override
    public void remark(String line) {
        close();
        err.println("glimpse: " + VisibleText.message(line, Progress.MOST_CHARACTERS));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
        shown = null;
    }
}
