package glimpse.engine.kernel;

/**
 * The constants of exp and erf, fitted here (weighted minimax, then rounded to float) and shared by the vector kernels
 * and their scalar twins.
 *
 * <p>exp: x = n ln 2 + r with |r| at most ln 2 / 2, exp(x) = 2^n (1 + r + r^2 q(r)); relative error below 1e-7 for x in
 * -87..0. Smaller x count as -87.
 *
 * <p>erf: z q(v) with v = 2 z^2 / 3.85^2 - 1, so that v is in -1..1 and Horner's scheme loses nothing to cancellation;
 * beyond 3.85, where 1 - erf is below 6e-8, z counts as 3.85 and erf as 1. Absolute error below 2e-7.
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

    static final float ERF_RANGE = 3.85f;
    static final float ERF_SCALE = 2f / (3.85f * 3.85f);
    static final float ERF_0 = 0.3672848f;
    static final float ERF_1 = -0.18330175f;
    static final float ERF_2 = 0.13621154f;
    static final float ERF_3 = -0.1103747f;
    static final float ERF_4 = 0.09081911f;
    static final float ERF_5 = -0.073312744f;
    static final float ERF_6 = 0.056405216f;
    static final float ERF_7 = -0.04041695f;
    static final float ERF_8 = 0.028335482f;
    static final float ERF_9 = -0.020172628f;
    static final float ERF_10 = 0.011060366f;
    static final float ERF_11 = -0.0034307134f;
    static final float ERF_12 = 0.0026621465f;
    static final float ERF_13 = -0.0033097009f;
    static final float ERF_14 = 0.0012807586f;

    static final float SQRT_HALF = 0.70710677f;

    /** 2 sqrt(2/pi), and 0.044715 times that: 1 + tanh(y) is 2 sigmoid(2y). */
    static final float TANH_GELU_1 = 1.5957692f;

    static final float TANH_GELU_3 = 0.071354814f;
    static final float QUICK_GELU = 1.702f;

    private Polynomials() {}
}
