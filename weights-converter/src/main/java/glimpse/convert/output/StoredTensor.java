package glimpse.convert.output;

import java.io.IOException;
import java.util.List;

/**
 * A tensor to be written.
 *
 * @param name its name in the file
 * @param shape its dimensions
 * @param type how its elements are stored
 * @param elements makes its elements, range by range
 */
public record StoredTensor(String name, List<Long> shape, StoredType type, Elements elements) {
    /** Makes a tensor's elements. */
    public interface Elements {
        /** Fills {@code destination[0..count)} with the elements from {@code first} on, in row-major order. */
        void read(long first, float[] destination, int count) throws IOException;
    }

    long count() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
