package glimpse.evaluation.parquet;

import java.io.IOException;
import java.io.InputStream;

/** Reads structs in Thrift's compact protocol, in which Parquet writes footers and page headers. Not thread-safe. */
final class ThriftReader {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    private static final int MAX_DEPTH = 24;

    private final InputStream in;
    private long left; // bytes that may still be read
    private int depth;

    /**
     * Creates a reader.
     *
     * @param bytes how many bytes there are at most
     */
    ThriftReader(InputStream in, long bytes) {
        this.in = in;
        this.left = bytes;
    }

    /** Takes a field of a struct: it reads the value, or skips it. */
    interface Field {
        void read(int id, int type) throws IOException;
    }

    /** Takes the next element of a list. */
    interface Element {
        void read(int type) throws IOException;
    }

    /** Reads a struct, as a field's value or by itself. */
    void struct(Field field) throws IOException {
        enter();
        int id = 0;
        for (int header = next(); header != 0; header = next()) {
            int delta = header >> 4;
            id = delta == 0 ? (int) zigzag() : id + delta;
            field.read(id, header & 0xf);
        }
        depth--;
    }

    /** Reads a struct that is a field's value. */
    void struct(int type, Field field) throws IOException {
        require(type == STRUCT);
        struct(field);
    }

    /** Reads a list. */
    void list(int type, Element element) throws IOException {
        require(type == LIST || type == SET);
        enter();
        int header = next();
        long size = header >> 4 == 15 ? varint() : header >> 4;
        require(size >= 0 && size <= left);
        for (long i = 0; i < size; i++) {
            element.read(header & 0xf);
        }
        depth--;
    }

    /** Reads an integer of any width. */
    long integer(int type) throws IOException {
        require(type == I16 || type == I32 || type == I64);
        return zigzag();
    }

    /** Reads a 32-bit integer that must not be negative. */
    int size(int type) throws IOException {
        long value = integer(type);
        require(value >= 0 && value <= Integer.MAX_VALUE);
        return (int) value;
    }

    /** Returns a field's boolean, which is its type. */
    boolean bool(int type) throws IOException {
        require(type == TRUE || type == FALSE);
        return type == TRUE;
    }

    /** Reads bytes. */
    byte[] binary(int type) throws IOException {
        require(type == BINARY);
        long length = varint();
        require(length >= 0 && length <= left);
        byte[] bytes = in.readNBytes((int) length);
        left -= bytes.length;
        require(bytes.length == length);
        return bytes;
    }

    /** Skips a value. */
    void skip(int type) throws IOException {
        switch (type) {
            case TRUE, FALSE -> {}
            case BYTE -> next();
            case I16, I32, I64 -> varint();
            case DOUBLE -> skipBytes(8);
            case BINARY -> skipBytes(varint());
            case LIST, SET -> list(type, this::skipElement);
            case MAP -> skipMap();
            case STRUCT -> struct((id, inner) -> skip(inner));
            default -> throw malformed();
        }
    }

    private void skipMap() throws IOException {
        enter();
        long size = varint();
        require(size >= 0 && size <= left);
        int types = size == 0 ? 0 : next();
        for (long i = 0; i < size; i++) {
            skipElement(types >> 4);
            skipElement(types & 0xf);
        }
        depth--;
    }

    /** In a list, unlike in a field, a boolean takes a byte. */
    private void skipElement(int type) throws IOException {
        if (type == TRUE || type == FALSE) {
            next();
        } else {
            skip(type);
        }
    }

    private void skipBytes(long bytes) throws IOException {
        require(bytes >= 0 && bytes <= left);
        in.skipNBytes(bytes);
        left -= bytes;
    }

    private long zigzag() throws IOException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int part = next();
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw malformed();
    }

    private int next() throws IOException {
        int value = left > 0 ? in.read() : -1;
        require(value >= 0);
        left--;
        return value;
    }

    private void enter() throws ParquetException {
        require(depth < MAX_DEPTH);
        depth++;
    }

    private static void require(boolean holds) throws ParquetException {
        if (!holds) {
            throw malformed();
        }
    }

    private static ParquetException malformed() {
        return new ParquetException("the footer or a page's header is damaged");
    }
}
