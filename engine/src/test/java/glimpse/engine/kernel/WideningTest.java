package glimpse.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stored weights become the same floats with vectors and without, whatever their number. */
class WideningTest {
    private static final KernelPair PAIR = KernelPair.create();
    private static final int LONGEST = 200;
    private static final int IN = 5; // where operands begin
    private static final int OUT = 3;

    @Test
    void everyHalfIsItsFloatTimesTheFactor() {
        short[] halves = everyShort();
        float[] out = new float[halves.length + OUT];
        for (Kernels kernels : new Kernels[] {PAIR.vector(), PAIR.scalar()}) {
            kernels.widenF16(halves, 0, 0.3f, out, OUT, 1 << Short.SIZE);
            for (int i = 0; i < 1 << Short.SIZE; i++) {
                assertSame(out[OUT + i], Float.float16ToFloat(halves[i]) * 0.3f);
            }
        }
    }

    @Test
    void everyUpperHalfIsItsFloatTimesTheFactor() {
        short[] halves = everyShort();
        float[] out = new float[halves.length + OUT];
        for (Kernels kernels : new Kernels[] {PAIR.vector(), PAIR.scalar()}) {
            kernels.widenBf16(halves, 0, 0.3f, out, OUT, 1 << Short.SIZE);
            for (int i = 0; i < 1 << Short.SIZE; i++) {
                assertSame(out[OUT + i], Float.intBitsToFloat(halves[i] << Short.SIZE) * 0.3f);
            }
        }
    }

    @Test
    void everyIntegerIsMultipliedByItsLanesScaleAndThenByTheFactor() {
        Random random = new Random(1);
        byte[] integers = new byte[IN + LONGEST * 64 + 2 * Kernels.TILE];
        random.nextBytes(integers);
        float[] scales = KernelPair.random(2, 3 * 64, 0.01f);
        float[] out = new float[integers.length];
        for (Kernels kernels : new Kernels[] {PAIR.vector(), PAIR.scalar()}) {
            for (int lanes : new int[] {Kernels.TILE, kernels.panel()}) {
                for (int count = lanes; count <= LONGEST * Kernels.TILE; count += lanes) {
                    kernels.widenBytes(integers, IN, lanes, scales, 9, 0.3f, out, OUT, count);
                    for (int i = 0; i < count; i++) {
                        assertSame(out[OUT + i], integers[IN + i] * scales[9 + i % lanes] * 0.3f);
                    }
                }
            }
        }
    }

    @Test
    void noMoreThanATileIsWrittenBehindTheLastWeight() {
        for (int count = Kernels.TILE; count < LONGEST; count += Kernels.TILE) {
            float[] out = new float[LONGEST + 4 * Kernels.TILE];
            Arrays.fill(out, 7);
            PAIR.vector().widenBytes(new byte[out.length], 0, Kernels.TILE, new float[64], 8, 1, out, 0, count);
            PAIR.vector().widenBf16(new short[out.length], 0, 1, out, 0, count);
            PAIR.vector().widenF16(new short[out.length], 0, 1, out, 0, count);
            for (int i = count + Kernels.TILE; i < out.length; i++) {
                assertThat(out[i]).isEqualTo(7);
            }
        }
    }

    /** Every number of 16 bits, and a tile that may be read behind them. */
    private static short[] everyShort() {
        short[] shorts = new short[(1 << Short.SIZE) + Kernels.TILE];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) i;
        }
        return shorts;
    }

    private static void assertSame(float actual, float expected) {
        // asserting every value one by one takes seconds
        if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
