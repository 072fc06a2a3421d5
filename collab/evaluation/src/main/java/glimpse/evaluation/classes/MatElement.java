package glimpse.evaluation.classes;

import glimpse.evaluation.listing.DatasetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;

/**
 * A data element of a MATLAB 5 file: its type and its bytes, which share the file's memory.
 *
 * @param type the type's number, one of {@code mi...} in the format's description
 * @param bytes from position 0 to the limit, in the file's byte order
 */
record MatElement(int type, ByteBuffer bytes) {
    static final int INT8 = 1;
    static final int INT32 = 5;
    static final int UINT32 = 6;
    static final int MATRIX = 14;
    static final int COMPRESSED = 15;

    private static final int TAG_BYTES = 8;
    private static final int SMALL_BYTES = 4;
    private static final int ALIGNMENT_BYTES = 8;

    /**
     * Reads the element at a buffer's position, and moves the position past it and its padding.
     *
     * @throws DatasetException if it isn't there whole
     */
    static MatElement next(ByteBuffer from) throws DatasetException {
        if (from.remaining() < TAG_BYTES) {
            throw new DatasetException("truncated: " + from.remaining() + " bytes, expected the start of an element");
        }
        int type = from.getInt();
        if (type >>> Short.SIZE != 0) { // a small element: its length in the upper half, its bytes in the tag
            return small(type & 0xffff, type >>> Short.SIZE, from);
        }
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new DatasetException("truncated: " + from.remaining() + " bytes, expected an element of "
                    + Integer.toUnsignedString(length));
        }
        MatElement element =
                new MatElement(type, from.slice(from.position(), length).order(from.order()));
        int padded = type == COMPRESSED ? length : length + Math.floorMod(-length, ALIGNMENT_BYTES);
        from.position(Math.min(from.limit(), from.position() + padded));
        return element;
    }

    private static MatElement small(int type, int length, ByteBuffer from) throws DatasetException {
        if (length > SMALL_BYTES) {
            throw new DatasetException("a small element of " + length + " bytes, expected at most " + SMALL_BYTES);
        }
        MatElement element =
                new MatElement(type, from.slice(from.position(), length).order(from.order()));
        from.position(from.position() + SMALL_BYTES);
        return element;
    }

    /**
     * Returns the bytes that a compressed element (zlib) unpacks to.
     *
     * @param mostBytes how many they may be
     * @throws DatasetException if they are more, or corrupt
     */
    ByteBuffer inflated(int mostBytes) throws DatasetException {
        byte[] deflated = new byte[bytes.limit()];
        bytes.get(0, deflated);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            byte[] inflated = in.readNBytes(mostBytes + 1);
            if (inflated.length > mostBytes) {
                throw new DatasetException("unpacks to more than " + mostBytes + " bytes");
            }
            return ByteBuffer.wrap(inflated).order(bytes.order());
        } catch (DatasetException e) {
            throw e;
        } catch (IOException e) {
            throw new DatasetException("a compressed element is corrupt: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the first number of a numeric element.
     *
     * @throws DatasetException if there is none
     */
    double number() throws DatasetException {
        int width = switch (type) {
            case INT8, 2 -> Byte.BYTES;
            case 3, 4 -> Short.BYTES;
            case INT32, UINT32, 7 -> Integer.BYTES;
            case 9, 12, 13 -> Long.BYTES;
            default -> throw new DatasetException("an element of type " + type + ", expected numbers");
        };
        if (bytes.limit() < width) {
            throw new DatasetException("an element of " + bytes.limit() + " bytes, expected a number");
        }
        return switch (type) {
            case INT8 -> bytes.get(0);
            case 2 -> bytes.get(0) & 0xff;
            case 3 -> bytes.getShort(0);
            case 4 -> bytes.getShort(0) & 0xffff;
            case INT32 -> bytes.getInt(0);
            case UINT32 -> bytes.getInt(0) & 0xffffffffL;
            case 7 -> bytes.getFloat(0);
            case 9 -> bytes.getDouble(0);
            default -> bytes.getLong(0);
        };
    }

    /**
     * Returns a text element's characters.
     *
     * @throws DatasetException if the element isn't text
     */
    String text() throws DatasetException {
        return switch (type) {
            case INT8, 2 ->
                StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
            case 16 -> StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
            case 4, 17 -> bytes.duplicate().order(bytes.order()).asCharBuffer().toString();
            default -> throw new DatasetException("an element of type " + type + ", expected text");
        };
    }
}
