package glimpse.convert.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tensors of a checkpoint in any container. Not thread-safe. */
public interface TensorSource extends AutoCloseable {
    /** Returns what error messages call this source. */
    String name();

    /** Returns the files that hold the tensors, in a fixed order. */
    List<Path> files();

    /** Returns the tensors by name. Unmodifiable. */
    Map<String, SourceTensor> tensors();

    /**
     * Decodes a range of a tensor's elements in row-major order.
     *
     * @throws IOException if the tensor is missing, isn't a float tensor, or can't be read
     */
    void read(String tensor, long firstElement, float[] destination, int offset, int count) throws IOException;

    @Override
    void close() throws IOException;
}
