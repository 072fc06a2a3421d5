package glimpse.evaluation.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file in one step: readers find the old content or the new, even after the process is killed or the power
 * fails.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes UTF-8 text.
     *
     * @throws IOException naming the file if it can't be written; the old content is kept
     */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes. Through a link, the file that it points to is replaced; what isn't a regular file, such as a pipe,
     * is written to.
     *
     * @throws IOException naming the file if it can't be written; the old content is kept
     */
    public static void write(Path file, byte[] content) throws IOException {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                Files.write(target, content);
            } else {
                replace(target, content);
            }
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "no such folder" : "" + e.getMessage();
            throw new IOException(file + ": can't be written: " + why, e);
        }
    }

    /** Returns the name under which a file's new content is written; a killed process can leave such a file behind. */
    public static Path partial(Path file) {
        return file.resolveSibling(file.getFileName() + ".partial");
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path partial = partial(file);
        try {
            writeDurably(partial, ByteBuffer.wrap(content));
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
        forceFolder(file);
    }

    /** Renames a file within its folder, durably. */
    public static void rename(Path file, Path to) throws IOException {
        try {
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(to);
        } catch (IOException e) {
            throw new IOException(file + ": can't be renamed to " + to.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static void writeDurably(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Makes the file's new name durable. Windows can't open folders, and its file systems need no such step. */
    private static void forceFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || file.getFileSystem().getSeparator().equals("\\")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
