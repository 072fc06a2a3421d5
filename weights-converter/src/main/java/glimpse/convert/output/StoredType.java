package glimpse.convert.output;

import java.util.Locale;

/** Types in which a converted file keeps its elements. */
public enum StoredType {
    /** As it is. */
    F32(Float.BYTES),
    /** IEEE half precision, rounded to nearest even. */
    F16(Short.BYTES),
    /** The upper half of a float32, rounded to nearest even. */
    BF16(Short.BYTES),
    /** Matrices as integers with a factor a row, see {@link RowQuantisation}; all else as F32. */
    I8(Byte.BYTES);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether a value beyond the type's range came from a finite one. */
    boolean overflows(float value) {
        return Float.isFinite(value)
                && switch (this) {
                    case F32, I8 -> false;
                    case F16 -> Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(value)));
                    case BF16 -> Float.isInfinite(Float.intBitsToFloat(toBfloat16(value) << 16));
                };
    }

    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >> 16 | 0x40); // quiet, or a payload in the lower half would turn it into infinity
        }
        int roundToEven = 0x7FFF + (bits >>> 16 & 1);
        return (short) ((bits + roundToEven) >>> 16);
    }

    /** As the command line writes it. */
    @Override
    public String toString() {
        return this == I8 ? "int8" : name().toLowerCase(Locale.ROOT);
    }
}
