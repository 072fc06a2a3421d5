package glimpse.service.oip;

import java.util.List;

/**
 * A tensor of a response.
 *
 * @param name of the output
 * @param type of the elements
 * @param shape its product is the number of elements
 * @param data {@link TensorData.Floats} for {@link DataType#FP32}, {@link TensorData.Strings} for
 *     {@link DataType#BYTES}
 * @param binary whether it comes as binary data after a JSON response
 */
public record OutputTensor(String name, DataType type, List<Long> shape, TensorData data, boolean binary) {
    /** Copies the shape. */
    public OutputTensor {
        shape = List.copyOf(shape);
    }
}
