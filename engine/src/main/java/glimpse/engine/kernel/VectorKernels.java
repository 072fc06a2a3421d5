package glimpse.engine.kernel;

import static glimpse.engine.kernel.Polynomials.*;
import static glimpse.engine.kernel.VectorShape.LANES;
import static glimpse.engine.kernel.VectorShape.PANEL;
import static glimpse.engine.kernel.VectorShape.SPECIES;
import static glimpse.engine.kernel.VectorShape.VECTORS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API, at the width of {@link VectorShape}. Loads are written out instead of going through a
 * helper: the compiler always inlines the API's own methods, but a helper only until its inlining budget is spent, and
 * from then on every vector is boxed. In loops, methods are called on a vector that was just loaded or computed, since
 * the compiler doesn't know the class of a loop variable.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> TILE_SPECIES =
            LANES >= TILE ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

    /** Whether the micro-kernels are those for 16 registers. */
    private static final boolean AVX2 = VECTORS > 2 && LANES >= TILE;

    /** What {@link #lanes} is a multiple of. */
    private static final int STEP = Math.max(LANES, TILE);

    @Override
    public int panel() {
        return PANEL;
    }

    @Override
    public String description() {
        return SPECIES.vectorBitSize() + "-bit vectors, tiles of " + TILE + " x " + PANEL;
    }

    @Override
    public int lanes(int tokens) {
        return Math.ceilDiv(tokens, STEP) * STEP;
    }

    @Override
    public int streams() {
        return AVX2 ? 1 : VectorGemm.STREAMS;
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
        if (AVX2) {
            return Avx2Gemm.multiply(lanes, k, a, a0, b, b0, c, c0, ahead, ahead0, pace);
        }
        if (VECTORS > 2) {
            return NeonGemm.multiply(lanes, k, a, a0, b, b0, c, c0, ahead, ahead0, spacing, pace);
        }
        if (lanes == LANES) {
            return VectorGemm.rows8Half(k, a, a0, b, b0, c, c0, ahead, ahead0, spacing, pace);
        }
        return VectorGemm.rows8(k, a, a0, b, b0, c, c0, ahead, ahead0, spacing, pace);
    }

    @Override
    public boolean isTail(int tokens) {
        if (AVX2) {
            return Avx2Gemm.isTail(tokens);
        }
        return LANES == 16 && tokens <= 3 * TAIL_TOKENS; // three tails cost 4/5 of a panel
    }

    @Override
    public int tailTokens() {
        return AVX2 ? Avx2Gemm.TAIL_TOKENS : TAIL_TOKENS;
    }

    @Override
    public void multiplyTail(
            int tokens, int tiles, int k, float[] a, int a0, int stride, float[] b, int b0, float[] c, int c0) {
        if (AVX2) {
            Avx2Gemm.multiplyTail(tiles, k, a, a0, stride, b, b0, c, c0);
            return;
        }
        int nothing = a0 + TILE; // stands in for missing tiles
        int a1 = tiles > 1 ? a0 + stride : nothing;
        int a2 = tiles > 2 ? a0 + 2 * stride : a0;
        int a3 = tiles > 3 ? a0 + 3 * stride : nothing;
        if (tokens <= 6) {
            VectorGemm.tail6(k, a, a0, a1, a2, a3, b, b0, c, c0);
        } else {
            VectorGemm.tail8(k, a, a0, a1, a2, a3, b, b0, c, c0);
        }
    }

    @Override
    public void fillRows(float[] bias, int bias0, int rows, float[] c, int c0) {
        for (int row = 0; row < rows; row++) {
            FloatVector v = FloatVector.broadcast(SPECIES, bias[bias0 + row]);
            for (int lane = 0; lane < PANEL; lane += LANES) {
                v.intoArray(c, c0 + row * PANEL + lane);
            }
        }
    }

    /**
     * Computes {@code x/2 + x^2 q(x^2)}, see {@link Polynomials}; written out, since it is called briefly between much
     * other code.
     */
    @Override
    public void gelu(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, in, in0 + i);
            FloatVector square = x.mul(x);
            FloatVector v = square.fma(FloatVector.broadcast(SPECIES, GELU_SCALE), FloatVector.broadcast(SPECIES, -1f));
            FloatVector q = FloatVector.broadcast(SPECIES, GELU_14)
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_13))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_12))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_11))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_10))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_9))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_8))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_7))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_6))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_5))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_4))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_3))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_2))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_1))
                    .fma(v, FloatVector.broadcast(SPECIES, GELU_0));
            FloatVector half = x.mul(0.5f);
            FloatVector near = q.fma(square, half);
            FloatVector far = half.add(half.abs());
            near.blend(far, v.compare(VectorOperators.GT, 1f)).intoArray(out, out0 + i);
        }
    }

    @Override
    public void tanhGelu(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i += LANES) {
            VectorMath.tanhGelu(FloatVector.fromArray(SPECIES, in, in0 + i)).intoArray(out, out0 + i);
        }
    }

    @Override
    public void quickGelu(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i += LANES) {
            VectorMath.quickGelu(FloatVector.fromArray(SPECIES, in, in0 + i)).intoArray(out, out0 + i);
        }
    }

    @Override
    public void swiglu(float[] in, int gate0, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i += LANES) {
            VectorMath.silu(FloatVector.fromArray(SPECIES, in, gate0 + i))
                    .mul(FloatVector.fromArray(SPECIES, in, in0 + i))
                    .intoArray(out, out0 + i);
        }
    }

    @Override
    public void add(float[] in, int in0, float[] out, int out0, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.fromArray(SPECIES, out, out0 + i)
                    .add(FloatVector.fromArray(SPECIES, in, in0 + i))
                    .intoArray(out, out0 + i);
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
        for (int half = 0; half < lanes; half += LANES) {
            FloatVector mean = columnSum(x, x0 + half, length).div(length);
            FloatVector deviation = squaredDeviation(x, x0 + half, length, mean)
                    .div(length)
                    .add(epsilon)
                    .sqrt();
            FloatVector scale = FloatVector.broadcast(SPECIES, 1f).div(deviation);
            for (int i = 0; i < length; i++) {
                FloatVector.fromArray(SPECIES, x, x0 + half + i * PANEL)
                        .sub(mean)
                        .mul(scale)
                        .fma(FloatVector.broadcast(SPECIES, gamma[i]), FloatVector.broadcast(SPECIES, beta[i]))
                        .intoArray(out, out0 + half + i * PANEL);
            }
        }
    }

    // Four sums hide the latency of an addition; rows past the last multiple of four go to the first.
    private static FloatVector columnSum(float[] x, int x0, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i <= length - 4; i += 4) {
            s0 = FloatVector.fromArray(SPECIES, x, x0 + i * PANEL).add(s0);
            s1 = FloatVector.fromArray(SPECIES, x, x0 + (i + 1) * PANEL).add(s1);
            s2 = FloatVector.fromArray(SPECIES, x, x0 + (i + 2) * PANEL).add(s2);
            s3 = FloatVector.fromArray(SPECIES, x, x0 + (i + 3) * PANEL).add(s3);
        }
        for (; i < length; i++) {
            s0 = FloatVector.fromArray(SPECIES, x, x0 + i * PANEL).add(s0);
        }
        return s0.add(s1).add(s2.add(s3));
    }

    private static FloatVector squaredDeviation(float[] x, int x0, int length, FloatVector mean) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i <= length - 4; i += 4) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, x0 + i * PANEL).sub(mean);
            FloatVector d1 =
                    FloatVector.fromArray(SPECIES, x, x0 + (i + 1) * PANEL).sub(mean);
            FloatVector d2 =
                    FloatVector.fromArray(SPECIES, x, x0 + (i + 2) * PANEL).sub(mean);
            FloatVector d3 =
                    FloatVector.fromArray(SPECIES, x, x0 + (i + 3) * PANEL).sub(mean);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
        }
        for (; i < length; i++) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, x0 + i * PANEL).sub(mean);
            s0 = d.fma(d, s0);
        }
        return s0.add(s1).add(s2.add(s3));
    }

    @Override
    public void softmax(int lanes, float[] s, int s0, int keys, float[] inverse) {
        for (int pair = 0; pair < lanes; pair += 2 * LANES) {
            columnMax(s, s0, pair, keys, inverse);
        }
        for (int half = 0; half < lanes; half += LANES) {
            FloatVector max = FloatVector.fromArray(SPECIES, inverse, half);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int key = 0; key < keys; key++) {
                FloatVector e = VectorMath.exp(FloatVector.fromArray(SPECIES, s, s0 + half + key * PANEL)
                        .sub(max));
                e.intoArray(s, s0 + half + key * PANEL);
                sum = e.add(sum);
            }
            FloatVector.broadcast(SPECIES, 1f).div(sum).intoArray(inverse, half);
        }
    }

    /** Computes two vectors at once, since each maximum waits for the one before. */
    private static void columnMax(float[] s, int s0, int lane, int keys, float[] max) {
        int from = s0 + lane;
        FloatVector low = FloatVector.fromArray(SPECIES, s, from);
        FloatVector high = FloatVector.fromArray(SPECIES, s, from + LANES);
        for (int key = 1; key < keys; key++) {
            low = VectorMath.largest(FloatVector.fromArray(SPECIES, s, from + key * PANEL), low);
            high = VectorMath.largest(FloatVector.fromArray(SPECIES, s, from + key * PANEL + LANES), high);
        }
        low.intoArray(max, lane);
        high.intoArray(max, lane + LANES);
    }

    @Override
    public void scaleColumns(float[] in, int in0, int rows, float[] factor, float[] out, int out0) {
        for (int pair = 0; pair < PANEL; pair += 2 * LANES) {
            FloatVector low = FloatVector.fromArray(SPECIES, factor, pair);
            FloatVector high = FloatVector.fromArray(SPECIES, factor, pair + LANES);
            int from = in0 + pair;
            int to = out0 + pair;
            for (int row = 0; row < rows; row++) {
                FloatVector.fromArray(SPECIES, in, from + row * PANEL).mul(low).intoArray(out, to + row * PANEL);
                FloatVector.fromArray(SPECIES, in, from + row * PANEL + LANES)
                        .mul(high)
                        .intoArray(out, to + row * PANEL + LANES);
            }
        }
    }

    @Override
    public void splitPanel(float[] in, int in0, int rows, float[] out, int out0, int stride) {
        for (int row = 0; row < rows; row++) {
            int from = in0 + row * PANEL;
            int to = out0 + row * TILE;
            for (int tile = 0; tile < PANEL / TILE; tile++) {
                for (int part = 0; part < TILE; part += TILE_SPECIES.length()) {
                    FloatVector.fromArray(TILE_SPECIES, in, from + tile * TILE + part)
                            .intoArray(out, to + tile * stride + part);
                }
            }
        }
    }

    /** A loop that the compiler vectorises, with the instruction that the Vector API doesn't have. */
    @Override
    public void widenF16(short[] in, int in0, float factor, float[] out, int out0, int count) {
        for (int i = 0; i < count; i++) {
            out[out0 + i] = Float.float16ToFloat(in[in0 + i]) * factor;
        }
    }

    @Override
    public void widenBf16(short[] in, int in0, float factor, float[] out, int out0, int count) {
        VectorWidening.bf16(in, in0, factor, out, out0, count);
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
        VectorWidening.bytes(in, in0, lanes, scales, scales0, factor, out, out0, count);
    }
}
