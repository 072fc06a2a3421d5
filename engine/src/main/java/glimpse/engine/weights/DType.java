package glimpse.engine.weights;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The element types of the safetensors format, under the names that a header uses. */
public enum DType {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    F64(64),
    I64(64),
    U64(64),
    C64(64);

    private static final Map<String, DType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DType::name, Function.identity()));

    private final int bits;

    DType(int bits) {
        this.bits = bits;
    }

    /** Returns the size of an element in bits; below 8 for packed types. */
    public int bits() {
        return bits;
    }

    /** Returns whether {@link SafetensorsFile#read} decodes this type: F32, F16 and BF16, each of them exactly. */
    public boolean isReadableAsFloat() {
        return this == F32 || this == F16 || this == BF16;
    }

    static Optional<DType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
