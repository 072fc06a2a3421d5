package glimpse.evaluation.rows;

import glimpse.evaluation.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file that rows are appended to. A batch of rows is on the disk before it counts as written.
 *
 * <p>Rows that are in the file already are left there as long as they are the ones to be written. At the first that
 * differs, the file is set aside under another name and begun again, so that its results survive whatever happens; it
 * is deleted once the new file is complete.
 */
final class ImageResultFile implements AutoCloseable {
    private static final int MOST_ROWS_PER_WRITE = 1024;

    private final Path path;
    private final ImageResultFormat format;
    private final StoredRows stored;
    private final List<ImageResult> inPlace; // rows that may stay where they are
    private final List<ImageResult> rows = new ArrayList<>();
    private Optional<FileChannel> channel = Optional.empty();
    private long goodBytes;

    private ImageResultFile(Path path, ImageResultFormat format, StoredRows stored) {
        this.path = path;
        this.format = format;
        this.stored = stored;
        this.inPlace =
                stored.uploads().equals(format.uploads()) ? stored.rows().subList(0, stored.leading()) : List.of();
    }

    /** Opens a file, in which {@code stored} was found, or creates it. */
    static ImageResultFile open(Path path, ImageResultFormat format, StoredRows stored) throws IOException {
        ImageResultFile file = new ImageResultFile(path, format, stored);
        if (stored.leadingBytes() == 0) {
            file.begin(); // so that a folder that can't be written to is found out before any work
        }
        return file;
    }

    /**
     * Appends rows.
     *
     * @throws IOException naming the file if it can't be written; earlier rows are kept
     */
    void append(List<ImageResult> more) throws IOException {
        int same = 0;
        while (channel.isEmpty()
                && same < more.size()
                && rows.size() < inPlace.size()
                && inPlace.get(rows.size()).equals(more.get(same))) {
            rows.add(more.get(same));
            same++;
        }
        if (same < more.size()) {
            begin();
            for (List<ImageResult> some : writes(more.subList(same, more.size()))) {
                write(lines(some));
                rows.addAll(some);
            }
        }
    }

    private static List<List<ImageResult>> writes(List<ImageResult> all) {
        List<List<ImageResult>> writes = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_ROWS_PER_WRITE) {
            writes.add(all.subList(from, Math.min(from + MOST_ROWS_PER_WRITE, all.size())));
        }
        return writes;
    }

    /**
     * Checks that the file is complete and leaves nothing else in it.
     *
     * @param expected number of images
     * @return the rows, in the images' order
     */
    List<ImageResult> finish(int expected) throws IOException {
        begin();
        if (rows.size() != expected) {
            throw new IOException(
                    path + ": has " + rows.size() + " rows, expected one for each of the " + expected + " images");
        }
        return List.copyOf(rows);
    }

    /** Prepares the file for writing after the rows so far. */
    private void begin() throws IOException {
        if (channel.isPresent()) {
            return;
        }
        boolean appendable = stored.leadingBytes() > 0
                && stored.uploads().equals(format.uploads())
                && rows.size() == inPlace.size()
                && !stored.hasGap();
        if (!appendable && !stored.rows().isEmpty()) {
            AtomicFile.rename(path, AsideFiles.next(path));
        }
        channel = Optional.of(open());
        goodBytes = appendable ? stored.leadingBytes() : 0;
        channel.get().truncate(goodBytes);
        channel.get().position(goodBytes);
        if (!appendable) {
            write(format.header());
            for (List<ImageResult> some : writes(rows)) {
                write(lines(some));
            }
        }
    }

    private FileChannel open() throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(path + ": can't be written: " + e.getMessage(), e);
        }
    }

    private String lines(List<ImageResult> some) {
        StringBuilder lines = new StringBuilder();
        some.forEach(row -> lines.append(format.line(row)));
        return lines.toString();
    }

    private void write(String lines) throws IOException {
        FileChannel to = channel.orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        int length = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            to.force(false);
            goodBytes += length;
        } catch (IOException e) {
            to.truncate(goodBytes);
            throw new IOException(
                    path + ": can't be written: " + e.getMessage() + " (" + rows.size() + " finished images are kept)",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }
}
