package glimpse.convert.source.torch;

import java.nio.ByteBuffer;

/** The types of a storage's elements. */
enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    boolean isFloat() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** Decodes the float at a byte offset: exactly, except F64, which is rounded to nearest. */
    float decode(ByteBuffer littleEndian, int offset) {
        return switch (this) {
            case F64 -> (float) littleEndian.getDouble(offset);
            case F32 -> littleEndian.getFloat(offset);
            case F16 -> Float.float16ToFloat(littleEndian.getShort(offset));
            case BF16 -> Float.intBitsToFloat(littleEndian.getShort(offset) << 16);
            default -> throw new IllegalStateException(this + " is not a float type");
        };
    }
}
