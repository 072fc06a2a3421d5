package glimpse.evaluation.rows;

import glimpse.collab.node.Classifier;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.DiskSpace;
import glimpse.evaluation.plan.EvaluationPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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
    private final Fingerprint fingerprint;

    private final boolean fresh;

    private RunFolder(Path path, FileChannel lock, Fingerprint fingerprint, boolean fresh) {
        this.path = path;
        this.lock = lock;
        this.fingerprint = fingerprint;
        this.fresh = fresh;
    }

    /**
     * Opens a folder for a run, creating it if necessary.
     *
     * @param fresh whether to discard earlier results; otherwise those that depend on the same models and options are
     *     used and others are an error
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
            RunFolder folder = new RunFolder(path, lock, fingerprint, fresh);
            folder.adopt();
            RunFiles.deletePartial(path);
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

    private void adopt() throws IOException {
        Path rows = path.resolve(ROWS);
        Path file = path.resolve(FINGERPRINT);
        boolean used =
                Files.exists(file) || Files.exists(rows) || !AsideFiles.of(rows).isEmpty();
        if (used && !fresh) {
            List<String> differences = Fingerprint.read(file)
                    .map(other -> other.differences(fingerprint))
                    .orElse(List.of("its " + FINGERPRINT + " is missing or unreadable"));
            if (!differences.isEmpty()) {
                throw new RunFolderException(path + ": holds the results of another run (" + differences.getFirst()
                        + "); choose another folder or discard them with --fresh");
            }
            return;
        }
        // rows first: they must never be seen beside the fingerprint of another run
        Files.deleteIfExists(rows);
        AsideFiles.delete(rows);
        AtomicFile.write(file, fingerprint.toJson());
    }

    /**
     * Opens the rows, including those that earlier evaluations left.
     *
     * @param plan says what the rows have results of
     * @param edge the edge's model, on which the results' ranges depend
     * @throws RunFolderException if they include results of images or uploads that this run doesn't have; nothing is
     *     changed
     */
    public RunRows rows(EvaluationPlan plan, Dataset images, Classifier edge) throws IOException {
        RunRows.Found found = RunRows.find(path.resolve(ROWS), plan, images, ResultRanges.of(edge));
        AtomicFile.write(path.resolve(FINGERPRINT), fingerprint.toJson());
        return found.open();
    }

    /**
     * Checks that the disk has room for the rows of all images.
     *
     * @param bytes what the rows take at most
     * @throws IOException naming the folder, what is needed and what is left
     */
    public void requireSpace(long bytes) throws IOException {
        Path rows = path.resolve(ROWS);
        DiskSpace.require(path, bytes - (Files.exists(rows) ? Files.size(rows) : 0));
    }

    /** Returns what the run's rows depend on. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Returns whether earlier results were to be discarded. */
    public boolean fresh() {
        return fresh;
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
