package glimpse.service.oip;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/** The elements of a tensor in row-major order, in the form in which they came or will leave. */
public sealed interface TensorData {
    /**
     * Binary: little-endian numbers; or byte strings, each after its length as a 32-bit number.
     *
     * @param bytes from its position to its limit
     */
    record Raw(ByteBuffer bytes) implements TensorData {}

    /**
     * Numbers.
     *
     * @param values from its position to its limit
     */
    record Floats(FloatBuffer values) implements TensorData {
        /** Wraps an array without copying it. */
        public static Floats of(float[] values) {
            return new Floats(FloatBuffer.wrap(values));
        }
    }

    /** Byte strings. */
    record Strings(List<byte[]> values) implements TensorData {}

    /** Byte strings as JSON writes them: base64. */
    record Base64(List<String> values) implements TensorData {}
}
