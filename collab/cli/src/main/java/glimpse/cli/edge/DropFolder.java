package glimpse.cli.edge;

import glimpse.evaluation.listing.ImageListing;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder into which a camera drops images. Files that are there already come first, by name; then each file once it
 * is complete. Folders in it and hidden files are left alone. One thread takes images, any may close it.
 */
public final class DropFolder implements Closeable {
    private static final long POLL_MILLIS = 50;
    private static final long IDLE_MILLIS = 1000;
    private static final Duration RESCAN = Duration.ofMinutes(1); // network file systems don't report every file

    private final Path folder;
    private final Answers answered;
    private final Arrivals arrivals;
    private final WatchService watch;
    private final Deque<Path> ready = new ArrayDeque<>();
    private long scanned;

    private DropFolder(Path folder, Answers answered, WatchService watch) {
        this.folder = folder;
        this.answered = answered;
        this.arrivals = new Arrivals(answered::contains);
        this.watch = watch;
    }

    /**
     * Opens a folder.
     *
     * @param answered images that aren't returned, as long as their files stay the same
     */
    public static DropFolder open(Path folder, Answers answered) throws IOException {
        WatchService watch = folder.getFileSystem().newWatchService();
        try {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            DropFolder opened = new DropFolder(folder, answered, watch);
            opened.scan();
            return opened;
        } catch (IOException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /**
     * Waits for the next image.
     *
     * @return empty once the folder is closed
     * @throws IOException if the folder has gone
     */
    public Optional<Path> next() throws IOException, InterruptedException {
        try {
            while (ready.isEmpty()) {
                take(watch.poll(arrivals.isEmpty() ? IDLE_MILLIS : POLL_MILLIS, TimeUnit.MILLISECONDS));
                if (System.nanoTime() - scanned > RESCAN.toNanos()) {
                    scan();
                }
                ready.addAll(arrivals.take(System.nanoTime()));
            }
            return Optional.of(ready.remove());
        } catch (ClosedWatchServiceException e) {
            return Optional.empty();
        }
    }

    private void take(@Nullable WatchKey key) throws IOException {
        if (key == null) {
            return;
        }
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
                notice(folder.resolve(name));
            } else {
                scan(); // more happened than the system could report
            }
        }
        if (!key.reset()) {
            throw new IOException(folder + ": the folder has gone");
        }
    }

    private void scan() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.sorted().toList();
            answered.forgetAllBut(files);
            files.forEach(this::notice);
        } catch (UncheckedIOException e) { // of the listing
            throw new IOException(folder + ": can't be listed", e);
        }
        scanned = System.nanoTime();
    }

    private void notice(Path file) {
        if (ImageListing.isImage(String.valueOf(file.getFileName()))) {
            arrivals.noticed(file);
        }
    }

    /** Ends the waiting. */
    @Override
    public void close() throws IOException {
        watch.close();
    }
}
