package glimpse.evaluation.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How the pages of a column are compressed. */
enum Compression {
    NONE,
    SNAPPY,
    GZIP;

    private static final String[] OTHERS = {"LZO", "Brotli", "LZ4", "Zstandard", "LZ4 (raw)"}; // 3..7 in the format

    /** Returns the compression of a number in the format. */
    static Compression of(long code) throws ParquetException {
        if (code >= 0 && code < values().length) {
            return values()[(int) code];
        }
        String name = code >= 3 && code < 3 + OTHERS.length ? OTHERS[(int) code - 3] : "" + code;
        throw new ParquetException(
                "is compressed with " + name + ", expected none, Snappy or gzip; write it anew, in Python"
                        + " with pyarrow.parquet: write_table(read_table('OLD'), 'NEW', compression='snappy')");
    }

    /**
     * Returns what a page's bytes decompress to.
     *
     * @param bytes the length that the page's header declares
     */
    InputStream open(InputStream in, long bytes) throws IOException {
        return switch (this) {
            case NONE -> in;
            case SNAPPY -> new Snappy(in, bytes);
            case GZIP -> new GZIPInputStream(in, 1 << 13);
        };
    }
}
