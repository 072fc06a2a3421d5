package glimpse.service.oip;

import java.util.List;

/**
 * A tensor as a client sent it, which may not be one that the model takes.
 *
 * @param name of the input
 * @param datatype as the client wrote it
 * @param shape any numbers
 * @param data as many elements as came, whatever the shape
 */
public record InputTensor(String name, String datatype, List<Long> shape, TensorData data) {
    /** Copies the shape. */
    public InputTensor {
        shape = List.copyOf(shape);
    }
}
