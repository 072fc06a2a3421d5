package glimpse.engine;

/**
 * Thrown where an image's result isn't made of finite numbers. Weights are finite, as loading checks, so this is an
 * overflow: numbers of some layer are beyond the range of a float. Concerns one image, not its batch.
 */
public final class NonFiniteOutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception that names the number. */
    NonFiniteOutputException(String name, int index, float value) {
        super("the model's output isn't a number: " + name + " " + index + " is " + value);
    }

    /** Checks that all values are finite. */
    static void check(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteOutputException(name, i, values[i]);
            }
        }
    }
}
