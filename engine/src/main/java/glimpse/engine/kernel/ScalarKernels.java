package glimpse.engine.kernel;

import static glimpse.engine.kernel.Polynomials.*;

import java.util.Arrays;

/**
 * The scalar twins of the vector kernels: the same operations one float at a time, in loops over a panel's tokens. Used
 * where the Vector API is missing.
 */
final class ScalarKernels implements Kernels {
    private final int panel;

    /**
     * Creates kernels for panels of a given width, so that they can be compared with vectors of any width.
     *
     * @param panel P, a multiple of 8
     */
    ScalarKernels(int panel) {
        if (panel < TILE || panel % TILE != 0) {
            throw new IllegalArgumentException("panel is " + panel + ", expected a multiple of " + TILE);
        }
        this.panel = panel;
    }

    @Override
    public int panel() {
        return panel;
    }

    @Override
    public String description() {
        return "scalar code, tiles of " + TILE + " x " + panel;
    }

    @Override
    public int streams() {
        return 1; // and doesn't read it
    }

    @Override
    public int lanes(int tokens) {
        return tokens;
    }

    @Override
    public int multiply(
            int lanes,
            int k,
            float[] a,
            int a0,
            float[] b,
            int b0,
            float[] c,
            int c0,
            float[] ahead,
            int ahead0,
            int spacing,
            int pace) {
        for (int row = 0; row < TILE; row++) {
            int out = c0 + row * panel;
            for (int p = 0; p < k; p++) {
                float weight = a[a0 + p * TILE + row];
                int in = b0 + p * panel;
                for (int t = 0; t < lanes; t++) {
                    c[out + t] = MultiplyAdd.of(weight, b[in + t], c[out + t]);
                }
            }
        }
        return 0;
    }

    @Override
    public boolean isTail(int tokens) {
        return tokens <= panel / 2; // no cheaper here, but it exercises both code paths
    }

    @Override
    public int tailTokens() {
        return TAIL_TOKENS;
    }

    @Override
    public void multiplyTail(
            int tokens, int tiles, int k, float[] a, int a0, int stride, float[] b, int b0, float[] c, int c0) {
        for (int t = 0; t < tokens; t++) {
            for (int row = 0; row < tiles * TILE; row++) {
                int out = c0 + t * TAIL_FEATURES + row;
                int tile = a0 + row / TILE * stride + row % TILE;
                for (int p = 0; p < k; p++) {
                    c[out] = MultiplyAdd.of(a[tile + p * TILE], b[b0 + p * panel + t], c[out]);
                }
            }
        }
    }

    @Override
    public void fillRows(float[] bias, int bias0, int rows, float[] c, int c0) {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(c, c0 + row * panel, c0 + (row + 1) * panel, bias[bias0 + row]);
        }
    }

    @Override
    public void gelu(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = gelu(in[in0 + i]);
        }
    }

    @Override
    public void tanhGelu(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = tanhGelu(in[in0 + i]);
        }
    }

    @Override
    public void quickGelu(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = quickGelu(in[in0 + i]);
        }
    }

    @Override
    public void swiglu(float[] in, int gate0, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = silu(in[gate0 + i]) * in[in0 + i];
        }
    }

    @Override
    public void add(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] += in[in0 + i];
        }
    }

    @Override
    public void layerNorm(
            int lanes,
            float[] x,
            int x0,
            int length,
            float[] gamma,
            float[] beta,
            float epsilon,
            float[] out,
            int out0) {
        for (int t = 0; t < lanes; t++) {
            float mean = columnSum(x, x0 + t, length) / length;
            float scale = 1f / sqrt(squaredDeviation(x, x0 + t, length, mean) / length + epsilon);
            for (int i = 0; i < length; i++) {
                float normal = (x[x0 + t + i * panel] - mean) * scale;
                out[out0 + t + i * panel] = MultiplyAdd.of(normal, gamma[i], beta[i]);
            }
        }
    }

    private float columnSum(float[] x, int x0, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i <= length - 4; i += 4) {
            s0 += x[x0 + i * panel];
            s1 += x[x0 + (i + 1) * panel];
            s2 += x[x0 + (i + 2) * panel];
            s3 += x[x0 + (i + 3) * panel];
        }
        for (; i < length; i++) {
            s0 += x[x0 + i * panel];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private float squaredDeviation(float[] x, int x0, int length, float mean) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i <= length - 4; i += 4) {
            s0 = square(x[x0 + i * panel] - mean, s0);
            s1 = square(x[x0 + (i + 1) * panel] - mean, s1);
            s2 = square(x[x0 + (i + 2) * panel] - mean, s2);
            s3 = square(x[x0 + (i + 3) * panel] - mean, s3);
        }
        for (; i < length; i++) {
            s0 = square(x[x0 + i * panel] - mean, s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void softmax(int lanes, float[] s, int s0, int keys, float[] inverse) {
        for (int t = 0; t < lanes; t++) {
            float max = s[s0 + t];
            for (int key = 1; key < keys; key++) {
                max = largest(s[s0 + t + key * panel], max);
            }
            float sum = 0;
            for (int key = 0; key < keys; key++) {
                float e = exp(s[s0 + t + key * panel] - max);
                s[s0 + t + key * panel] = e;
                sum += e;
            }
            inverse[t] = 1f / sum;
        }
    }

    @Override
    public void scaleColumns(float[] in, int in0, int rows, float[] factor, float[] out, int out0) {
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < panel; t++) {
                out[out0 + row * panel + t] = in[in0 + row * panel + t] * factor[t];
            }
        }
    }

    @Override
    public void splitPanel(float[] in, int in0, int rows, float[] out, int out0, int stride) {
        for (int tile = 0; tile < panel / TILE; tile++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(in, in0 + row * panel + tile * TILE, out, out0 + tile * stride + row * TILE, TILE);
            }
        }
    }

    static float exp(float value) {
        float x = largest(value, EXP_LOWEST);
        float shifted = MultiplyAdd.of(x, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = MultiplyAdd.of(n, -LN2_LOW, MultiplyAdd.of(n, -LN2_HIGH, x));
        float p = MultiplyAdd.of(EXP_6, r, EXP_5);
        p = MultiplyAdd.of(p, r, EXP_4);
        p = MultiplyAdd.of(p, r, EXP_3);
        p = MultiplyAdd.of(p, r, EXP_2);
        p = MultiplyAdd.of(p, r, 1f);
        p = MultiplyAdd.of(p, r, 1f);
        return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << 23));
    }

    static float gelu(float x) {
        float square = x * x;
        float v = MultiplyAdd.of(square, GELU_SCALE, -1f);
        float half = x * 0.5f;
        return v > 1f ? half + Math.abs(half) : MultiplyAdd.of(geluPolynomial(v), square, half);
    }

    static float tanhGelu(float x) {
        return x * sigmoid(x * MultiplyAdd.of(x * x, TANH_GELU_3, TANH_GELU_1));
    }

    static float quickGelu(float x) {
        return x * sigmoid(x * QUICK_GELU);
    }

    static float silu(float x) {
        return x * sigmoid(x);
    }

    /** Uses exp of a value up to 0: {@code 1 / (1 + exp(-y))}, or {@code exp(y) / (1 + exp(y))}. */
    private static float sigmoid(float y) {
        float e = exp(smallest(y, -y));
        float numerator = y > 0f ? 1f : e;
        return numerator / (1f + e);
    }

    private static float largest(float a, float b) {
        return a < b ? b : a;
    }

    private static float smallest(float a, float b) {
        return a > b ? b : a;
    }

    private static float geluPolynomial(float v) {
        float q = MultiplyAdd.of(GELU_14, v, GELU_13);
        q = MultiplyAdd.of(q, v, GELU_12);
        q = MultiplyAdd.of(q, v, GELU_11);
        q = MultiplyAdd.of(q, v, GELU_10);
        q = MultiplyAdd.of(q, v, GELU_9);
        q = MultiplyAdd.of(q, v, GELU_8);
        q = MultiplyAdd.of(q, v, GELU_7);
        q = MultiplyAdd.of(q, v, GELU_6);
        q = MultiplyAdd.of(q, v, GELU_5);
        q = MultiplyAdd.of(q, v, GELU_4);
        q = MultiplyAdd.of(q, v, GELU_3);
        q = MultiplyAdd.of(q, v, GELU_2);
        q = MultiplyAdd.of(q, v, GELU_1);
        q = MultiplyAdd.of(q, v, GELU_0);
        return q;
    }

    private static float square(float d, float sum) {
        return MultiplyAdd.of(d, d, sum);
    }

    private static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    @Override
    public void widenF16(short[] in, int in0, float factor, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = Float.float16ToFloat(in[in0 + i]) * factor;
        }
    }

    @Override
    public void widenBf16(short[] in, int in0, float factor, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = Float.intBitsToFloat(in[in0 + i] << Short.SIZE) * factor;
        }
    }

    @Override
    public void widenBytes(
            byte[] in,
            int in0,
            int lanes,
            float[] scales,
            int scales0,
            float factor,
            float[] out,
            int out0,
            int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = in[in0 + i] * scales[scales0 + i % lanes] * factor;
        }
    }
}
