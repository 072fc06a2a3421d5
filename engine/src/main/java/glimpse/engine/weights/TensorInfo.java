package glimpse.engine.weights;

import java.util.List;

/**
 * A tensor's entry in the header. Immutable.
 *
 * @param name the tensor's name
 * @param dtype type of its elements
 * @param shape dimensions, row-major; empty for a scalar
 * @param begin offset of its first byte, from the end of the header
 * @param end offset after its last byte
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {
    /** Copies the shape. */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Returns the number of elements: the product of the shape, 1 for a scalar. */
    public long elements() {
        long product = 1;
        for (long dimension : shape) {
            product *= dimension;
        }
        return product;
    }

    /** Returns the size in bytes. */
    public long sizeBytes() {
        return end - begin;
    }

    /** Returns name, type and shape as error messages show them: one line of bounded length. */
    @Override
    public String toString() {
        return Quoted.of(name) + " " + dtype + " " + Quoted.shape(shape);
    }
}
