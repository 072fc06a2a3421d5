package glimpse.convert.checkpoint;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.SourceTensor;
import glimpse.convert.source.TensorSource;

/**
 * What any checkpoint of a Vision Transformer stays far below; what follows may take time and memory in proportion to
 * it.
 */
final class TensorLimits {
    private static final int MAX_TENSORS = 1 << 16;
    private static final int LONGEST_NAME = 512;
    private static final int MAX_DIMENSIONS = 8;

    private TensorLimits() {}

    /**
     * Checks a file's tensors.
     *
     * @throws ConvertException naming the first that exceeds a limit
     */
    static void require(TensorSource source) throws ConvertException {
        if (source.tensors().size() > MAX_TENSORS) {
            throw new ConvertException(
                    source.name() + ": " + source.tensors().size() + " tensors, expected at most " + MAX_TENSORS);
        }
        for (SourceTensor tensor : source.tensors().values()) {
            int length = tensor.name().length();
            if (length > LONGEST_NAME) {
                throw new ConvertException(source.name() + ": tensor " + Excerpt.quoted(tensor.name())
                        + " has a name of " + length + " characters, expected at most " + LONGEST_NAME);
            }
            int dimensions = tensor.shape().size();
            if (dimensions > MAX_DIMENSIONS) {
                throw new ConvertException(source.name() + ": tensor " + Excerpt.quoted(tensor.name()) + " has "
                        + dimensions + " dimensions, expected at most " + MAX_DIMENSIONS);
            }
        }
    }
}
