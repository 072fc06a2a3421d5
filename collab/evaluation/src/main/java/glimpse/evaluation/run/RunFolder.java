package glimpse.evaluation.run;

import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder that holds one run's results: run.json (what they depend on), images.csv (the rows) and whatever is made
 * from them. One process at a time.
 */
public final class RunFolder implements AutoCloseable {
    private static final String FINGERPRINT = "run.json";
    private static final String ROWS = "images.csv";
    private static final String LOCK = "run.lock";

    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A folder that can't be used, for a reason that the user can mend. */
    public static final class UnusableFolderException extends IOException {
        private static final long serialVersionUID = 1;

        UnusableFolderException(String message) {
            super(message);
        }
    }

    /**
     * Opens a folder for a run, and makes it if need be.
     *
     * @param fresh whether results of another run are dropped; otherwise they are an error
     * @throws UnusableFolderException if another process is at work there, it holds results of another run, or it is no folder
     * @throws IOException if it can't be written to
     */
    public static RunFolder open(Path path, Fingerprint fingerprint, boolean fresh) throws IOException {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new UnusableFolderException(path + ": is no folder");
        } catch (IOException e) {
            throw new IOException(path + ": can't be made: " + e.getMessage(), e);
        }
        FileChannel lock = lock(path);
        try {
            RunFolder folder = new RunFolder(path, lock);
            folder.adopt(fingerprint, fresh);
            return folder;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(path.resolve(LOCK) + ": can't be written: " + e.getMessage(), e);
        }
        if (tryLock(channel) == null) { // held until the channel is closed, or the process ends however it ends
            channel.close();
            throw new UnusableFolderException(path + ": another evaluation is at work there");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private void adopt(Fingerprint fingerprint, boolean fresh) throws IOException {
        Path file = path.resolve(FINGERPRINT);
        boolean rows = Files.exists(path.resolve(ROWS));
        Optional<Fingerprint> old = Files.exists(file) ? Fingerprint.ofJson(Files.readString(file)) : Optional.empty();
        if (old.isPresent() && old.get().equals(fingerprint) && !fresh) {
            return;
        }
        if (!fresh && (rows || Files.exists(file))) {
            String why = old.map(other -> other.differences(fingerprint))
                    .filter(differences -> !differences.isEmpty())
                    .map(List::getFirst)
                    .orElse("its " + FINGERPRINT + " is missing or unreadable");
            throw new UnusableFolderException(path + ": holds the results of another run (" + why
                    + "); choose another folder or drop them with --fresh");
        }
        Files.deleteIfExists(
                path.resolve(ROWS)); // before the fingerprint, so that no rows ever stand under a wrong one
        AtomicFile.write(file, fingerprint.toJson());
    }

    /** Opens the rows, those of an earlier part of the run included. */
    RowFile rows(RowFormat format, Dataset images) throws IOException {
        return RowFile.open(path.resolve(ROWS), format, images);
    }

    /** A file of this folder. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Lets other processes have the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
