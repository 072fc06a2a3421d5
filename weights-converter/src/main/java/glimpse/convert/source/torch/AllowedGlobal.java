package glimpse.convert.source.torch;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The only globals that a checkpoint's pickle may name. None of them is executed: each is a case of the reader. */
enum AllowedGlobal {
    ORDERED_DICT("collections.OrderedDict"),
    REBUILD_TENSOR("torch._utils._rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
    SIZE("torch.Size"),
    DOUBLE_STORAGE("torch.DoubleStorage", ElementType.F64),
    FLOAT_STORAGE("torch.FloatStorage", ElementType.F32),
    HALF_STORAGE("torch.HalfStorage", ElementType.F16),
    BFLOAT16_STORAGE("torch.BFloat16Storage", ElementType.BF16),
    LONG_STORAGE("torch.LongStorage", ElementType.I64),
    INT_STORAGE("torch.IntStorage", ElementType.I32),
    SHORT_STORAGE("torch.ShortStorage", ElementType.I16),
    CHAR_STORAGE("torch.CharStorage", ElementType.I8),
    BYTE_STORAGE("torch.ByteStorage", ElementType.U8),
    BOOL_STORAGE("torch.BoolStorage", ElementType.BOOL);

    private static final Map<String, AllowedGlobal> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(allowed -> allowed.name, Function.identity()));

    private final String name;
    private final Optional<ElementType> elements;

    AllowedGlobal(String name) {
        this.name = name;
        this.elements = Optional.empty();
    }

    AllowedGlobal(String name, ElementType elements) {
        this.name = name;
        this.elements = Optional.of(elements);
    }

    /** Returns the type of a storage's elements; empty if this isn't a storage type. */
    Optional<ElementType> elements() {
        return elements;
    }

    static Optional<AllowedGlobal> named(String module, String name) {
        return Optional.ofNullable(BY_NAME.get(module + "." + name));
    }
}
