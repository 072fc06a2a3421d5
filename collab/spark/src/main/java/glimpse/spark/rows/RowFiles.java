package glimpse.spark.rows;

import glimpse.spark.file.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with the rows that tasks have computed, a file for each range of images. A file appears whole or not at all:
 * it is written under another name first. Whoever computes a range again finds it there, or replaces it by the same.
 */
final class RowFiles {
    private final FileSystem files;
    private final Path folder;

    private RowFiles(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * Returns the files of a folder, whether or not it exists.
     *
     * @param folder an absolute path or a URI
     */
    static RowFiles of(String folder, Configuration configuration) throws IOException {
        return new RowFiles(HadoopFiles.system(folder, configuration), HadoopFiles.hadoop(folder));
    }

    /** Returns the ranges whose rows are there, ascending. */
    List<IndexRange> find() throws IOException {
        List<IndexRange> ranges = new ArrayList<>();
        try {
            for (FileStatus file : files.listStatus(folder)) {
                IndexRange.ofFile(file.getPath().getName()).ifPresent(ranges::add);
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return ranges.stream().sorted().toList();
    }

    boolean has(IndexRange range) throws IOException {
        return files.exists(file(range));
    }

    /** Reads the rows of a range; empty if they aren't there. */
    Optional<String> read(IndexRange range) throws IOException {
        try (FSDataInputStream in = files.open(file(range))) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Writes the rows of a range. */
    void commit(IndexRange range, String rows) throws IOException {
        Path target = file(range);
        Path partial = new Path(folder, ".partial-" + UUID.randomUUID());
        try {
            try (FSDataOutputStream out = files.create(partial, true)) {
                out.write(rows.getBytes(StandardCharsets.UTF_8));
                out.hsync();
            }
            if (!files.rename(partial, target) && !files.exists(target)) {
                throw new IOException(target + ": can't be written");
            }
        } finally {
            files.delete(partial, false); // if another task was there first, or this one failed
        }
    }

    /** Deletes the rows of a range. */
    void delete(IndexRange range) throws IOException {
        files.delete(file(range), false);
    }

    /** Deletes the folder. */
    void delete() throws IOException {
        files.delete(folder, true);
    }

    private Path file(IndexRange range) {
        return new Path(folder, range.fileName());
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
