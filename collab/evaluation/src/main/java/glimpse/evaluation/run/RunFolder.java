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
 * A folder that holds the results of one run: run.json (what the rows depend on), images.csv (the rows) and the files
 * made from them. A lock keeps other processes out until the folder is closed.
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

    /**
     * Opens a folder for a run, creating it if necessary.
     *
     * @param fresh whether to discard earlier results; otherwise those of the same run are continued and those of
     *     another run are an error
     * @throws RunFolderException if another process is using the folder, it holds the results of another run, or it is
     *     not a folder
     * @throws IOException if it can't be written to
     */
    public static RunFolder open(Path path, Fingerprint fingerprint, boolean fresh) throws IOException {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new RunFolderException(path + ": not a folder");
        } catch (IOException e) {
            throw new IOException(path + ": can't be created: " + e.getMessage(), e);
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
        if (tryLock(channel) == null) { // held until the channel is closed or the process ends, however it ends
            channel.close();
            throw new RunFolderException(path + ": in use by another evaluation");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this process
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
            throw new RunFolderException(path + ": holds the results of another run (" + why
                    + "); choose another folder or discard them with --fresh");
        }
        // rows first: they must never be seen beside the fingerprint of another run
        Files.deleteIfExists(path.resolve(ROWS));
        AtomicFile.write(file, fingerprint.toJson());
    }

    /** Opens the file of rows, including those that an interrupted run left. */
    ImageResultFile rows(ImageResultFormat format, Dataset images) throws IOException {
        return ImageResultFile.open(path.resolve(ROWS), format, images);
    }

    /** Returns the path of a file in this folder. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Releases the folder to other processes. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
