package glimpse.service.oip;

import java.util.Arrays;
import java.util.List;

/**
 * A model's input or output.
 *
 * @param name as requests and responses call it
 * @param type of the elements
 * @param shape the first dimension is the images', -1 for any number
 */
public record TensorSpec(String name, DataType type, List<Long> shape) {
    /** Copies the shape. */
    public TensorSpec {
        shape = List.copyOf(shape);
    }

    static TensorSpec of(String name, DataType type, long... dimensions) {
        return new TensorSpec(name, type, Arrays.stream(dimensions).boxed().toList());
    }

    /** Returns the type as Triton's configurations call it. */
    public String configType() {
        return switch (type) {
            case FP32 -> "TYPE_FP32";
            case BYTES -> "TYPE_STRING";
        };
    }

    /** Returns the shape of one image, as Triton's configurations have it: at least one dimension. */
    public List<Long> configDimensions() {
        return shape.size() == 1 ? List.of(1L) : shape.subList(1, shape.size());
    }
}
