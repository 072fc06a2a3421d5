package glimpse.engine;

/** The function between the two linear layers of a block's MLP (arXiv 1606.08415). */
public enum Activation {
    /** {@code x/2 (1 + erf(x / sqrt 2))}, the exact GELU. */
    GELU,

    /** {@code x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}. */
    TANH_GELU,

    /** {@code x sigmoid(1.702 x)}, as CLIP was trained with. */
    QUICK_GELU,

    /**
     * {@code x sigmoid(x) y}, a gate: the first layer has twice the MLP's width, with x in its first half and y in its
     * second (SwiGLU, arXiv 2002.05202, section 2).
     */
    SWIGLU
}
