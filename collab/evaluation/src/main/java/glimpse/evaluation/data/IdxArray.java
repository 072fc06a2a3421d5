package glimpse.evaluation.data;

import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.FileContent;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * An array of unsigned bytes in IDX, the format of the MNIST files: two zero bytes, the type 8, the number of
 * dimensions, each dimension as a big-endian 32-bit number, then the values. May be gzipped.
 */
final class IdxArray {
    private static final int MAX_BYTES = 1 << 30;
    private static final int UNSIGNED_BYTES = 8;
    private static final int MAX_SIDE = 16384;

    private final String name;
    private final List<Integer> shape;
    private final byte[] values; // [product of the shape]

    private IdxArray(String name, List<Integer> shape, byte[] values) {
        this.name = name;
        this.shape = shape;
        this.values = values;
    }

    /** Returns the file's name, for errors. */
    String name() {
        return name;
    }

    /** Returns the dimensions, each at least 1. */
    List<Integer> shape() {
        return shape;
    }

    /** Returns the values without a copy; callers must not change them. */
    byte[] values() {
        return values;
    }

    static IdxArray read(Path file, int dimensions) throws DatasetException {
        return parse(file.toString(), FileContent.read(file, MAX_BYTES), dimensions);
    }

    /** Parses a file's content. The values take no more memory than the content unpacks to. */
    static IdxArray parse(String name, byte[] content, int dimensions) throws DatasetException {
        boolean gzipped = content.length >= 2 && content[0] == 0x1f && (content[1] & 0xff) == 0x8b;
        InputStream bytes = new ByteArrayInputStream(content);
        try (DataInputStream in = new DataInputStream(gzipped ? new GZIPInputStream(bytes) : bytes)) {
            List<Integer> shape = readShape(name, in, dimensions);
            long count = 1;
            for (int dimension : shape) {
                count *= dimension; // at most 2^31 x 2^14 x 2^14
            }
            if (count > MAX_BYTES) {
                throw new DatasetException(name + ": declares " + count + " values, expected at most " + MAX_BYTES);
            }
            byte[] values = in.readNBytes((int) count); // allocates only as much as there is
            if (values.length < count) {
                throw new DatasetException(
                        name + ": truncated: " + values.length + " values, expected " + count + " for " + shape);
            }
            if (in.read() >= 0) {
                throw new DatasetException(name + ": has bytes after the " + count + " values of " + shape);
            }
            return new IdxArray(name, shape, values);
        } catch (EOFException e) {
            throw new DatasetException(name + ": truncated", e);
        } catch (DatasetException e) {
            throw e;
        } catch (IOException e) {
            throw new DatasetException(name + ": corrupt gzip: " + e.getMessage(), e);
        }
    }

    private static List<Integer> readShape(String name, DataInputStream in, int dimensions) throws IOException {
        int magic = in.readInt();
        int expected = (UNSIGNED_BYTES << 8) | dimensions;
        if (magic != expected) {
            throw new DatasetException(String.format(
                    Locale.ROOT,
                    "%s: begins with %08x, expected %08x (unsigned bytes in %d dimensions)",
                    name,
                    magic,
                    expected,
                    dimensions));
        }
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            int size = in.readInt();
            int most = i == 0 ? Integer.MAX_VALUE : MAX_SIDE;
            if (size < 1 || size > most) {
                throw new DatasetException(
                        name + ": dimension " + i + " is " + Integer.toUnsignedString(size) + ", expected 1.." + most);
            }
            shape.add(size);
        }
        return List.copyOf(shape);
    }
}
