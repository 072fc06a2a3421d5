package glimpse.engine.kernel;

import static glimpse.engine.kernel.Polynomials.*;
import static glimpse.engine.kernel.VectorShape.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * exp of a vector and the functions built on it; see {@link Polynomials}. Methods are small so that the compiler
 * inlines them.
 */
final class VectorMath {
    private VectorMath() {}

    /** Returns exp of values up to 0. */
    static FloatVector exp(FloatVector value) {
        FloatVector x = largest(value, splat(EXP_LOWEST));
        FloatVector shifted = x.fma(splat(LOG2_E), splat(ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector r = n.fma(splat(-LN2_LOW), n.fma(splat(-LN2_HIGH), x));
        FloatVector p = splat(EXP_6)
                .fma(r, splat(EXP_5))
                .fma(r, splat(EXP_4))
                .fma(r, splat(EXP_3))
                .fma(r, splat(EXP_2))
                .fma(r, splat(1f))
                .fma(r, splat(1f));
        // times 2^n: adds n, which is in the low bits of shifted, to the exponent
        return p.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
    }

    /** Returns {@code x sigmoid(2 sqrt(2/pi) (x + 0.044715 x^3))}. */
    static FloatVector tanhGelu(FloatVector x) {
        return x.mul(sigmoid(x.mul(x.mul(x).fma(splat(TANH_GELU_3), splat(TANH_GELU_1)))));
    }

    /** Returns {@code x sigmoid(1.702 x)}. */
    static FloatVector quickGelu(FloatVector x) {
        return x.mul(sigmoid(x.mul(QUICK_GELU)));
    }

    /** Returns {@code x sigmoid(x)}. */
    static FloatVector silu(FloatVector x) {
        return x.mul(sigmoid(x));
    }

    private static FloatVector sigmoid(FloatVector y) {
        FloatVector e = exp(smallest(y, y.neg()));
        FloatVector one = splat(1f);
        return e.blend(one, y.compare(VectorOperators.GT, 0f)).div(one.add(e));
    }

    /**
     * Returns {@code a < b ? b : a} in two instructions, where the API's max takes a dozen for zeros and NaN. {@code a}
     * must just have been computed, {@code b} may be a loop variable: the compiler doesn't know the class of the
     * latter, and doesn't inline a call on it.
     */
    static FloatVector largest(FloatVector a, FloatVector b) {
        return a.blend(b, a.compare(VectorOperators.LT, b));
    }

    private static FloatVector smallest(FloatVector a, FloatVector b) {
        return a.blend(b, a.compare(VectorOperators.GT, b));
    }

    private static FloatVector splat(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
