package glimpse.evaluation.parquet;

import glimpse.evaluation.parquet.ImageColumns.Column;
import glimpse.evaluation.parquet.PageHeader.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a column in one row group, in any order, but fastest in that of the rows. Of a page only its
 * levels and indices are in memory, and a dictionary if it is short; everything else is streamed. Not thread-safe.
 */
final class ColumnReader {
    private static final int MAX_DICTIONARY_BYTES = 1 << 22; // in memory

    private final Path file;
    private final Column column;
    private final Compression compression;
    private final int width; // bytes of a value; 0 for byte arrays
    private final List<Page> pages = new ArrayList<>();
    private @Nullable Values dictionary;
    private @Nullable OpenPage open;

    /** A data page: its header, where the rest begins, and its first row. */
    private record Page(PageHeader header, long offset, long firstRow) {
        boolean has(long row) {
            return row >= firstRow && row < firstRow + header.values();
        }
    }

    /** Returns a value by its place among those of a page or a dictionary. */
    private interface Values {
        byte[] get(int place) throws IOException;
    }

    /** Returns the value of a row by its place in the page; empty if it is missing. */
    private interface PageValues {
        Optional<byte[]> get(int row) throws IOException;
    }

    /** A data page that is being read. */
    private record OpenPage(Page page, PageValues values) {}

    /**
     * Reads the pages' headers.
     *
     * @param rows the row group's
     * @param streamed whether a long dictionary is streamed, too, as it has to be for images; otherwise it is refused
     */
    ColumnReader(Path file, Column column, ColumnChunk chunk, long rows, boolean streamed) throws IOException {
        this.file = file;
        this.column = column;
        this.compression = Compression.of(chunk.compression());
        this.width = switch (chunk.physicalType()) {
            case ColumnChunk.INT32 -> 4;
            case ColumnChunk.INT64 -> 8;
            default -> 0;
        };
        FileRange in = new FileRange(file, chunk.offset(), chunk.bytes());
        long end = chunk.offset() + chunk.bytes();
        long row = 0;
        while (row < rows && in.position() < end) {
            PageHeader header = PageHeader.read(in);
            long body = in.position();
            if (in.skip(header.bytes()) < header.bytes()) {
                throw new ParquetException("a page declares " + header.bytes() + " bytes, but its column has only "
                        + (end - body) + " more");
            }
            if (header.kind() == Kind.DICTIONARY) {
                dictionary = dictionary(header, body, streamed);
            } else if (header.kind() != Kind.OTHER && header.values() > 0) {
                pages.add(new Page(header, body, row));
                row += header.values();
            }
        }
        if (row != rows) {
            throw new ParquetException("has " + row + " values of " + column.name() + " in a row group of " + rows);
        }
    }

    private Values dictionary(PageHeader header, long offset, boolean streamed) throws IOException {
        PlainValues values = new PlainValues(
                () -> compression.open(new FileRange(file, offset, header.bytes()), header.plainBytes()),
                width,
                header.values());
        if (header.plainBytes() > MAX_DICTIONARY_BYTES) {
            if (!streamed) {
                throw new ParquetException("has " + header.plainBytes() + " bytes of different values of "
                        + column.name() + " in a row group, expected at most " + MAX_DICTIONARY_BYTES);
            }
            return values::get;
        }
        List<byte[]> all = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < header.values(); i++) {
            byte[] value = values.get(i);
            bytes += value.length + (width == 0 ? 4 : 0);
            if (bytes > header.plainBytes()) { // gzip doesn't end where the header says
                throw new ParquetException("a dictionary is longer than its page's header says");
            }
            all.add(value);
        }
        return index -> {
            if (index < 0 || index >= all.size()) {
                throw new ParquetException("a page refers to value " + index + " of " + all.size());
            }
            return all.get(index);
        };
    }

    /** Returns a row's value; empty if it is missing. */
    Optional<byte[]> get(long row) throws IOException {
        OpenPage page = open;
        if (page == null || !page.page().has(row)) {
            page = open(find(row));
            open = page;
        }
        return page.values().get((int) (row - page.page().firstRow()));
    }

    private Page find(long row) {
        int low = 0;
        int high = pages.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pages.get(middle).firstRow() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return pages.get(low);
    }

    private OpenPage open(Page page) throws IOException {
        InputStream in = valuesOf(page);
        int[] ordinals = levels(page, in); // of each row's value among the page's values, -1 if it is missing
        int present = 0;
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = ordinals[i] == column.levels() ? present++ : -1;
        }
        Values values = values(page, in, present);
        return new OpenPage(page, row -> ordinals[row] < 0 ? Optional.empty() : Optional.of(values.get(ordinals[row])));
    }

    /** Returns the values of a page by their order in it. */
    private Values values(Page page, InputStream in, int present) throws IOException {
        int encoding = page.header().encoding();
        if (encoding == PageHeader.PLAIN) {
            return new PlainValues(() -> pastLevels(page), width, present)::get;
        }
        if (encoding != PageHeader.RLE_DICTIONARY && encoding != PageHeader.PLAIN_DICTIONARY) {
            throw new ParquetException("has " + column.name() + " in encoding " + encoding
                    + " of the format, expected plain values or a dictionary");
        }
        Values shared = dictionary;
        if (shared == null) {
            throw new ParquetException("a page refers to a dictionary that its column lacks");
        }
        int[] indices = present == 0 ? new int[0] : RunLengths.read(in, Math.max(in.read(), 0), present);
        return ordinal -> shared.get(indices[ordinal]);
    }

    /** Returns the definition level of each row, having read them from the stream if they are in it. */
    private int[] levels(Page page, InputStream in) throws IOException {
        PageHeader header = page.header();
        if (column.levels() == 0) {
            return new int[header.values()];
        }
        InputStream levels = header.kind() == Kind.DATA_V2
                ? new FileRange(file, page.offset(), header.levelBytes())
                : new ByteArrayInputStream(levelBytes(in, header));
        return RunLengths.read(levels, 32 - Integer.numberOfLeadingZeros(column.levels()), header.values());
    }

    /** Reads the levels of a page of version 1, which have their length before them. */
    private static byte[] levelBytes(InputStream in, PageHeader header) throws IOException {
        byte[] length = in.readNBytes(4);
        int bytes = length.length < 4 ? -1 : PlainValues.littleEndian(length);
        if (bytes < 0 || bytes > 16L + 8L * header.values()) {
            throw new ParquetException(
                    "a page declares " + bytes + " bytes of levels for " + header.values() + " rows");
        }
        return in.readNBytes(bytes);
    }

    /** Returns the page's values, and before them, in version 1, the levels. */
    private InputStream valuesOf(Page page) throws IOException {
        PageHeader header = page.header();
        int before = header.kind() == Kind.DATA_V2 ? header.levelBytes() : 0;
        if (before > Math.min(header.bytes(), header.plainBytes())) {
            throw new ParquetException("a page declares more bytes of levels than it has");
        }
        FileRange in = new FileRange(file, page.offset() + before, header.bytes() - before);
        int plain = header.plainBytes() - before;
        return header.compressed() && plain > 0 ? compression.open(in, plain) : in;
    }

    private InputStream pastLevels(Page page) throws IOException {
        InputStream in = valuesOf(page);
        if (page.header().kind() == Kind.DATA && column.levels() > 0) {
            levelBytes(in, page.header());
        }
        return in;
    }
}
