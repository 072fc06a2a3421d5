package glimpse.engine;

import glimpse.engine.weights.TensorNames;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The matrices of one block before they are packed, in arrays that are reused for the next block: otherwise loading a
 * model would leave garbage the size of the model. Not thread-safe.
 */
final class BlockTensors {
    private final TensorBinder tensors;
    private final Map<String, float[]> arrays = new HashMap<>();

    BlockTensors(TensorBinder tensors) {
        this.tensors = tensors;
    }

    /**
     * Returns a matrix, valid until the same matrix of another block is taken.
     *
     * @param name as in {@link TensorNames}, without the block
     */
    float[] take(int block, String name) throws IOException {
        String full = TensorNames.block(block, name);
        float[] array = arrays.computeIfAbsent(name, n -> new float[tensors.size(full)]);
        tensors.take(full, array);
        return array;
    }
}
