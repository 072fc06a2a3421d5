package glimpse.convert.output;

import glimpse.engine.weights.DType;
import java.io.IOException;
import java.util.List;

/**
 * A tensor to be written.
 *
 * @param name name in the file
 * @param shape dimensions, row-major
 * @param type how the elements are stored: F32, F16, BF16 or I8
 * @param elements computes the elements, a range at a time
 */
public record StoredTensor(String name, List<Long> shape, DType type, Elements elements) {
    /** Computes a tensor's elements. */
    public interface Elements {
        /** Fills {@code destination[0..count)} with the elements from index {@code first} in row-major order. */
        void read(long first, float[] destination, int count) throws IOException;
    }

    /** Returns the number of elements. */
    long count() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
