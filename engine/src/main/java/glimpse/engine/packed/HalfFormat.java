package glimpse.engine.packed;

/** The floats of 16 bits. */
public enum HalfFormat {
    /** IEEE 754 half precision. */
    F16,
    /** The upper half of a 32-bit float. */
    BF16
}
