package glimpse.convert.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tensors of a checkpoint, whatever container holds them. Not for use by several threads. */
public interface TensorSource extends AutoCloseable {
    /** What error messages call this source. */
    String name();

    /** The files that hold the tensors, in a fixed order. */
    List<Path> files();

    /** The tensors by name; unmodifiable. */
    Map<String, SourceTensor> tensors();

    /**
     * Decodes a range of a tensor's elements in row-major order.
     *
     * @throws IOException if the tensor isn't there, isn't of floats, or can't be read
     */
    void read(String tensor, long firstElement, float[] destination, int offset, int count) throws IOException;

    @Override
    void close() throws IOException;
}
