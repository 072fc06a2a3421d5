package glimpse.convert.output;

import glimpse.engine.weights.DType;
import java.nio.ByteBuffer;

/** Encodes floats in the types that a converted file can have: F32, F16, BF16 and, for whole numbers, I8. */
final class ElementEncoder {
    private ElementEncoder() {}

    /** Returns the size of an element in bytes. */
    static int bytes(DType type) {
        return type.bits() / Byte.SIZE;
    }

    /** Appends a value, rounded to nearest even. */
    static void put(ByteBuffer littleEndian, DType type, float value) {
        switch (type) {
            case F32 -> littleEndian.putInt(Float.floatToRawIntBits(value));
            case F16 -> littleEndian.putShort(Float.floatToFloat16(value));
            case BF16 -> littleEndian.putShort(toBfloat16(value));
            case I8 -> littleEndian.put((byte) value);
            default -> throw new IllegalArgumentException(type + " can't be written");
        }
    }

    /** Returns whether a finite value is beyond the type's range. */
    static boolean overflows(DType type, float value) {
        return Float.isFinite(value)
                && switch (type) {
                    case F16 -> Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(value)));
                    case BF16 -> Float.isInfinite(Float.intBitsToFloat(toBfloat16(value) << 16));
                    default -> false;
                };
    }

    /** Returns the upper half of the float that is nearest, ties to even. */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >> 16 | 0x40); // quiet, or a payload in the lower half would turn it into infinity
        }
        int roundToEven = 0x7FFF + (bits >>> 16 & 1);
        return (short) ((bits + roundToEven) >>> 16);
    }
}
