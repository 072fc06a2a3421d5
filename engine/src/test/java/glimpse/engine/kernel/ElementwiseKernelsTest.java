package glimpse.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** LayerNorm, softmax and GELU equal their scalar twins bit for bit, and their definitions within rounding. */
class ElementwiseKernelsTest {
    private static final KernelPair PAIR = KernelPair.create();
    private static final int P = PAIR.vector().panel();

    @Test
    void layerNormGivesTheBitsOfItsScalarTwinForAllLengthsUpTo70() {
        for (int length = 1; length <= 70; length++) {
            int lanes = PAIR.vector().lanes(1 + length % P);
            float[] x = KernelPair.random(length, length * P, 3);
            float[] gamma = KernelPair.random(1, length, 1);
            float[] beta = KernelPair.random(2, length, 1);
            float[] vector = new float[length * P];
            float[] scalar = new float[length * P];
            PAIR.vector().layerNorm(lanes, x, 0, length, gamma, beta, 1e-6f, vector, 0);
            PAIR.scalar().layerNorm(lanes, x, 0, length, gamma, beta, 1e-6f, scalar, 0);
            assertThat(vector).as("length %d", length).containsExactly(scalar);
        }
    }

    @Test
    void layerNormHasMeanZeroAndVarianceOneBeforeGammaAndBeta() {
        int length = 192;
        float[] x = KernelPair.random(5, length * P, 3);
        float[] out = new float[length * P];
        float[] ones = new float[length];
        Arrays.fill(ones, 1f);
        PAIR.vector().layerNorm(P, x, 0, length, ones, new float[length], 1e-6f, out, 0);
        for (int token = 0; token < P; token++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < length; i++) {
                sum += out[i * P + token];
                squares += (double) out[i * P + token] * out[i * P + token];
            }
            assertThat(sum / length).isCloseTo(0, within(1e-6));
            assertThat(squares / length).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void softmaxGivesTheBitsOfItsScalarTwinForAllKeysUpTo70() {
        for (int keys = 1; keys <= 70; keys++) {
            int lanes = PAIR.vector().lanes(1 + keys % P);
            float[] vector = KernelPair.random(keys, keys * P, 4);
            float[] scalar = vector.clone();
            float[] vectorInverse = new float[P];
            float[] scalarInverse = new float[P];
            PAIR.vector().softmax(lanes, vector, 0, keys, vectorInverse);
            PAIR.scalar().softmax(lanes, scalar, 0, keys, scalarInverse);
            assertThat(vector).as("%d keys", keys).containsExactly(scalar);
            assertThat(Arrays.copyOf(vectorInverse, lanes))
                    .as("%d keys", keys)
                    .containsExactly(Arrays.copyOf(scalarInverse, lanes));
        }
    }

    @Test
    void softmaxIsStableForScoresThatWouldOverflow() {
        float[] scores = new float[3 * P];
        for (int t = 0; t < P; t++) {
            scores[t] = 3e38f;
            scores[P + t] = 3e38f;
            scores[2 * P + t] = -3e38f;
        }
        float[] inverse = new float[P];
        PAIR.vector().softmax(P, scores, 0, 3, inverse);
        for (int t = 0; t < P; t++) {
            assertThat(scores[t] * inverse[t]).isEqualTo(0.5f);
            assertThat(scores[2 * P + t] * inverse[t]).isCloseTo(0f, within(1e-37f));
        }
    }

    @Test
    void expIsWithinOneInTenMillion() {
        for (float x = -87f; x <= 0f; x += 0.00137f) {
            double relative = ScalarKernels.exp(x) / Math.exp(x) - 1;
            assertThat(relative).as("exp(%s)", x).isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void geluGivesTheBitsOfItsScalarTwin() {
        float[] in = KernelPair.random(7, 64 * P, 3);
        in[0] = Float.NEGATIVE_INFINITY;
        in[1] = -0f;
        in[2] = 1e30f;
        in[3] = -1e30f;
        in[4] = Float.MIN_VALUE;
        float[] vector = new float[in.length];
        float[] scalar = new float[in.length];
        PAIR.vector().gelu(in, 0, vector, 0, in.length);
        PAIR.scalar().gelu(in, 0, scalar, 0, in.length);
        assertThat(vector).containsExactly(scalar);
    }

    @Test
    void geluIsHalfXTimesOnePlusErf() {
        for (float x = -6f; x <= 6f; x += 0.00093f) {
            double expected = x / 2 * (1 + erf(x / Math.sqrt(2)));
            // half of x times erf's error, and the rounding of the product
            double bound = 1.6e-7 * Math.abs(x) + 1e-12;
            assertThat((double) ScalarKernels.gelu(x)).as("gelu(%s)", x).isCloseTo(expected, within(bound));
        }
    }

    @Test
    void geluIsExactlyZeroOrXFarFromZero() {
        assertThat(ScalarKernels.gelu(-40f)).isZero();
        assertThat(ScalarKernels.gelu(40f)).isEqualTo(40f);
    }

    @Test
    void quickAndTanhGeluGiveTheBitsOfTheirScalarTwins() {
        float[] in = KernelPair.random(8, 64 * P, 3);
        in[0] = -0f;
        in[1] = 1e30f;
        in[2] = -1e30f;
        in[3] = Float.MIN_VALUE;
        float[] vector = new float[in.length];
        float[] scalar = new float[in.length];
        PAIR.vector().quickGelu(in, 0, vector, 0, in.length);
        PAIR.scalar().quickGelu(in, 0, scalar, 0, in.length);
        assertThat(vector).containsExactly(scalar);
        PAIR.vector().tanhGelu(in, 0, vector, 0, in.length);
        PAIR.scalar().tanhGelu(in, 0, scalar, 0, in.length);
        assertThat(vector).containsExactly(scalar);
    }

    @Test
    void quickAndTanhGeluAreTheirDefinitions() {
        for (float x = -12f; x <= 12f; x += 0.00193f) {
            double bound = 4e-7 * Math.abs(x) + 1e-12;
            double quick = x / (1 + Math.exp(-1.702 * x));
            double tanh = x / 2.0 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            assertThat((double) ScalarKernels.quickGelu(x)).as("quick(%s)", x).isCloseTo(quick, within(bound));
            assertThat((double) ScalarKernels.tanhGelu(x)).as("tanh(%s)", x).isCloseTo(tanh, within(bound));
        }
    }

    @Test
    void gateGivesTheSameBitsAndIsItsDefinition() {
        int count = 64 * P;
        float[] in = KernelPair.random(8, 2 * count, 6);
        in[0] = Float.NaN;
        in[1] = -90f;
        in[2] = 0f;
        float[] vector = new float[count];
        float[] scalar = new float[count];
        PAIR.vector().swiglu(in, 0, count, vector, 0, count);
        PAIR.scalar().swiglu(in, 0, count, scalar, 0, count);
        assertThat(vector).containsExactly(scalar);
        for (int i = 1; i < count; i++) {
            double expected = in[i] / (1 + Math.exp(-in[i])) * in[count + i];
            assertThat((double) vector[i]).isCloseTo(expected, within(4e-7 * Math.abs(in[i] * in[count + i]) + 1e-12));
        }
    }

    @Test
    void splitPanelPutsEightTokensInATile() {
        int rows = 11;
        float[] in = KernelPair.random(9, rows * P, 1);
        int stride = rows * 8 + 5;
        float[] out = new float[P / 8 * stride];
        PAIR.vector().splitPanel(in, 0, rows, out, 0, stride);
        for (int token = 0; token < P; token++) {
            for (int row = 0; row < rows; row++) {
                assertThat(out[token / 8 * stride + row * 8 + token % 8]).isEqualTo(in[row * P + token]);
            }
        }
    }

    // Maclaurin series, good to 1e-9 up to 4.3; beyond that erf is 1 to double's last digits but ten.
    private static double erf(double z) {
        if (Math.abs(z) > 4.3) {
            return Math.signum(z);
        }
        double term = z;
        double sum = z;
        for (int n = 1; n < 120; n++) {
            term *= -z * z / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
