package glimpse.evaluation.parquet;

import glimpse.evaluation.parquet.FileFooter.RowGroup;
import glimpse.evaluation.parquet.ImageColumns.Column;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * A Parquet file of labelled images as the Hugging Face hub has them: a column {@code image}, a struct of {@code bytes}
 * and {@code path}, and an integer column {@code label}. Pages are read in versions 1 and 2, plain or with a
 * dictionary, uncompressed or compressed with Snappy or gzip. Names and labels are in memory; images are read on
 * demand, and the page that holds one is streamed, however long it is. Thread-safe.
 */
public final class ParquetImageFile {
    private static final int MAX_PATH_BYTES = 4096;

    private final Path file;
    private final ImageColumns columns;
    private final FileFooter footer;
    private final List<ImageRow> rows;
    private final long[] firstRows; // of each row group
    private final List<ImageReader> idle = new ArrayList<>(); // at most one for each thread that reads images

    private ParquetImageFile(Path file, ImageColumns columns, FileFooter footer, List<ImageRow> rows) {
        this.file = file;
        this.columns = columns;
        this.footer = footer;
        this.rows = List.copyOf(rows);
        this.firstRows = new long[footer.rowGroups().size()];
        for (int i = 1; i < firstRows.length; i++) {
            firstRows[i] = firstRows[i - 1] + footer.rowGroups().get(i - 1).rows();
        }
    }

    /** Reads the images of a row group, fastest in their order: a page may hold them all. */
    private static final class ImageReader {
        private final int group;
        private final ColumnReader column;
        private long next; // row of the group

        ImageReader(int group, ColumnReader column) {
            this.group = group;
            this.column = column;
        }

        Optional<byte[]> get(long row) throws IOException {
            next = row + 1;
            return column.get(row);
        }
    }

    /** Returns whether a file begins as a Parquet file. */
    public static boolean matches(Path file) throws IOException {
        return FileFooter.matches(file);
    }

    /**
     * Reads a file's names and labels.
     *
     * @throws ParquetException saying what is wrong with the file, without its name
     * @throws IOException if it can't be read
     */
    public static ParquetImageFile open(Path file) throws IOException {
        try {
            FileFooter footer = FileFooter.read(file);
            ImageColumns columns = ImageColumns.find(footer.schema());
            return new ParquetImageFile(file, columns, footer, rows(file, columns, footer));
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    private static List<ImageRow> rows(Path file, ImageColumns columns, FileFooter footer) throws IOException {
        long fileBytes = Files.size(file);
        List<ImageRow> rows = new ArrayList<>();
        long pathBytes = 0;
        for (RowGroup group : footer.rowGroups()) {
            if (group.rows() > fileBytes - rows.size()) {
                throw new ParquetException("declares " + group.rows() + " rows in " + fileBytes + " bytes");
            }
            chunk(group, columns.bytes(), true);
            ColumnReader paths = reader(file, group, columns.path(), true);
            ColumnReader labels = reader(file, group, columns.label(), false);
            for (long row = 0; row < group.rows(); row++) {
                Optional<byte[]> path = paths.get(row);
                int length = path.map(bytes -> bytes.length).orElse(0);
                pathBytes += length;
                // one path may stand for many rows
                if (length > MAX_PATH_BYTES || pathBytes > 2 * fileBytes + MAX_PATH_BYTES) {
                    throw new ParquetException("has paths that are too long, expected at most " + MAX_PATH_BYTES
                            + " bytes each and " + (2 * fileBytes + MAX_PATH_BYTES) + " in all");
                }
                int number = rows.size();
                byte[] label =
                        labels.get(row).orElseThrow(() -> new ParquetException("row " + number + " has no label"));
                rows.add(new ImageRow(path.map(bytes -> new String(bytes, StandardCharsets.UTF_8)), integer(label)));
            }
        }
        return rows;
    }

    private static long integer(byte[] bytes) {
        long value = bytes[bytes.length - 1]; // with its sign
        for (int i = bytes.length - 2; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    private static ColumnReader reader(Path file, RowGroup group, Column column, boolean bytes) throws IOException {
        return new ColumnReader(file, column, chunk(group, column, bytes), group.rows(), false);
    }

    private static ColumnChunk chunk(RowGroup group, Column column, boolean bytes) throws ParquetException {
        if (column.index() >= group.columns().size()) {
            throw new ParquetException("has a row group without the column " + column.name());
        }
        ColumnChunk chunk = group.columns().get(column.index());
        int type = chunk.physicalType();
        if (bytes ? type != ColumnChunk.BYTE_ARRAY : type != ColumnChunk.INT32 && type != ColumnChunk.INT64) {
            throw new ParquetException("has the column " + column.name() + " in type " + type
                    + " of the format, expected " + (bytes ? "byte arrays" : "integers"));
        }
        Compression.of(chunk.compression());
        return chunk;
    }

    /** Returns the name and label of each image. */
    public List<ImageRow> rows() {
        return rows;
    }

    /** Returns what the datasets library says about the columns, as JSON; empty if there is nothing. */
    public Optional<String> features() {
        return footer.features();
    }

    /** Returns the hash of the footer, which says where all images are. */
    public String footerSha256() {
        return footer.sha256();
    }

    /**
     * Reads the file of an image.
     *
     * @throws ParquetException saying what is wrong with it
     * @throws IOException if the file can't be read
     */
    public byte[] image(int row) throws IOException {
        int group = group(row);
        try {
            ImageReader reader = take(group, row - firstRows[group]);
            Optional<byte[]> image = reader.get(row - firstRows[group]);
            synchronized (idle) {
                idle.add(reader); // unless it failed
            }
            return image.orElseThrow(() -> new ParquetException("the row has no image bytes"));
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    /** Takes the reader that has the shortest way to a row: threads that read in order each keep their own. */
    private ImageReader take(int group, long row) throws IOException {
        synchronized (idle) {
            Optional<ImageReader> nearest = idle.stream()
                    .filter(reader -> reader.group == group && reader.next <= row)
                    .max(Comparator.comparingLong(reader -> reader.next))
                    .or(() -> idle.stream()
                            .filter(reader -> reader.group == group)
                            .findFirst());
            if (nearest.isPresent()) {
                idle.remove(nearest.get());
                return nearest.get();
            }
            idle.clear(); // of other row groups
        }
        RowGroup part = footer.rowGroups().get(group);
        return new ImageReader(
                group, new ColumnReader(file, columns.bytes(), chunk(part, columns.bytes(), true), part.rows(), true));
    }

    private int group(int row) {
        int group = firstRows.length - 1;
        while (firstRows[group] > row) {
            group--;
        }
        return group;
    }

    private static ParquetException damaged(IOException e) {
        String message = e.getMessage();
        return new ParquetException("damaged: " + (message == null ? "a page ends too early" : message), e);
    }
}
