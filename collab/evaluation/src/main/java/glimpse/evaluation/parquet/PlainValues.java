package glimpse.evaluation.parquet;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Values that are stored one after the other, read as a stream: one that lies further on is skipped to, and one that
 * was passed begins the stream again. Holds no more than the stream does. Not thread-safe.
 */
final class PlainValues {
    private static final int MAX_BYTES = 1 << 28; // of a value; more aren't an image

    private final Opening opening;
    private final int width; // bytes of a value; 0 if each has its length before it
    private final int count;
    private @Nullable InputStream in;
    private int next; // the value that the stream is at

    /** Opens the stream of values. */
    interface Opening {
        InputStream open() throws IOException;
    }

    PlainValues(Opening opening, int width, int count) {
        this.opening = opening;
        this.width = width;
        this.count = count;
    }

    byte[] get(int index) throws IOException {
        if (index < 0 || index >= count) {
            throw new ParquetException("a page refers to value " + index + " of " + count);
        }
        try {
            return read(index);
        } catch (IOException e) {
            in = null; // where the stream is isn't known
            throw e;
        }
    }

    private byte[] read(int index) throws IOException {
        InputStream values = in;
        if (values == null || index < next) {
            values = opening.open();
            in = values;
            next = 0;
        }
        for (; next < index; next++) {
            values.skipNBytes(length(values));
        }
        int length = length(values);
        next++;
        byte[] value = values.readNBytes(length);
        if (value.length < length) {
            throw new ParquetException("a value declares " + length + " bytes, but its page has only " + value.length);
        }
        return value;
    }

    /** Returns the number that four bytes are. */
    static int littleEndian(byte[] bytes) {
        return (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | bytes[3] << 24;
    }

    private int length(InputStream values) throws IOException {
        if (width > 0) {
            return width;
        }
        byte[] bytes = values.readNBytes(4);
        if (bytes.length < 4) {
            throw new ParquetException("a page ends before its last value");
        }
        int length = littleEndian(bytes);
        if (length < 0 || length > MAX_BYTES) {
            throw new ParquetException(
                    "a value declares " + Integer.toUnsignedString(length) + " bytes, expected at most " + MAX_BYTES);
        }
        return length;
    }
}
