package glimpse.engine.kernel;

/**
 * Coefficients of exp and GELU (weighted minimax fits, rounded to float), shared by the vector kernels and their scalar
 * twins.
 *
 * <p>exp: x = n ln 2 + r with |r| at most ln 2 / 2, exp(x) = 2^n (1 + r + r^2 q(r)); relative error below 1e-7 for x in
 * -87..0. Smaller x are clamped to -87.
 *
 * <p>GELU: x/2 + x^2 q(v), since x/2 erf(x / sqrt 2) is even, with v = 2 x^2 / 5.4^2 - 1, so that v is in -1..1 and
 * Horner's scheme loses nothing to cancellation; beyond 5.4, where erf is within 7e-8 of 1, GELU is x or 0. Absolute
 * error below 1.6e-7 |x|.
 */
final class Polynomials {
    static final float EXP_LOWEST = -87f;
    static final float LOG2_E = 1.442695f;
    /** 1.5 x 2^23: adding it leaves the nearest integer in the low bits of the sum. */
    static final float ROUND = 12582912f;

    static final float LN2_HIGH = 0.6933594f;
    static final float LN2_LOW = -2.1219444e-04f;
    static final float EXP_2 = 0.49999994f;
    static final float EXP_3 = 0.16666521f;
    static final float EXP_4 = 0.04166839f;
    static final float EXP_5 = 0.008368731f;
    static final float EXP_6 = 0.0013814571f;

    static final float GELU_SCALE = 2f / (5.4f * 5.4f);
    static final float GELU_0 = 0.13092811f;
    static final float GELU_1 = -0.065328054f;
    static final float GELU_2 = 0.04849959f;
    static final float GELU_3 = -0.039206814f;
    static final float GELU_4 = 0.032116596f;
    static final float GELU_5 = -0.025746457f;
    static final float GELU_6 = 0.019645145f;
    static final float GELU_7 = -0.01396332f;
    static final float GELU_8 = 0.009651194f;
    static final float GELU_9 = -0.006715339f;
    static final float GELU_10 = 0.0036589243f;
    static final float GELU_11 = -0.0011864098f;
    static final float GELU_12 = 0.0008749323f;
    static final float GELU_13 = -0.001028369f;
    static final float GELU_14 = 0.00039285922f;

    /** 2 sqrt(2/pi), and 0.044715 times that: 1 + tanh(y) is 2 sigmoid(2y). */
    static final float TANH_GELU_1 = 1.5957692f;

    static final float TANH_GELU_3 = 0.071354814f;
    static final float QUICK_GELU = 1.702f;

    private Polynomials() {}
}
