package glimpse.convert.source;

import java.util.List;

/**
 * A tensor of a checkpoint. Immutable.
 *
 * @param name name in its file
 * @param type type of its elements, by the container's name for it
 * @param shape dimensions, row-major; empty for a scalar
 */
public record SourceTensor(String name, String type, List<Long> shape) {
    /** Copies the shape. */
    public SourceTensor {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
