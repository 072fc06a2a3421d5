package glimpse.engine.gemm;

import glimpse.engine.kernel.KernelPair;
import glimpse.engine.packed.HalfFormat;
import glimpse.engine.packed.WeightRows;
import java.util.Arrays;

/** A random matrix as it is stored in some type, and the floats that it stands for. */
record StoredMatrix(WeightRows stored, WeightRows floats) {
    /** How the weights of a matrix are stored. */
    enum Type {
        F32,
        F16,
        BF16,
        I8
    }

    static StoredMatrix random(Type type, long seed, int rows, int columns) {
        float[] weights = KernelPair.random(seed, rows * columns, 1);
        return switch (type) {
            case F32 -> of(WeightRows.of(weights, 0, columns), weights, columns);
            case F16 -> halves(HalfFormat.F16, weights, columns);
            case BF16 -> halves(HalfFormat.BF16, weights, columns);
            case I8 -> integers(weights, KernelPair.random(seed + 1, rows, 0.01f), columns);
        };
    }

    private static StoredMatrix of(WeightRows stored, float[] floats, int columns) {
        return new StoredMatrix(stored, WeightRows.of(floats, 0, columns));
    }

    private static StoredMatrix halves(HalfFormat format, float[] weights, int columns) {
        short[] stored = new short[weights.length];
        float[] floats = new float[weights.length];
        for (int i = 0; i < stored.length; i++) {
            boolean half = format == HalfFormat.F16;
            stored[i] = half
                    ? Float.floatToFloat16(weights[i])
                    : (short) (Float.floatToRawIntBits(weights[i]) >>> Short.SIZE);
            floats[i] = half ? Float.float16ToFloat(stored[i]) : Float.intBitsToFloat(stored[i] << Short.SIZE);
        }
        WeightRows rows = new WeightRows.OfHalves() {
            @Override
            public HalfFormat format() {
                return format;
            }

            @Override
            public short[] read(int first, int count) {
                return Arrays.copyOfRange(stored, first * columns, (first + count) * columns);
            }

            @Override
            public void readFloats(int first, int count, float[] to) {
                System.arraycopy(floats, first * columns, to, 0, count * columns);
            }
        };
        return of(rows, floats, columns);
    }

    private static StoredMatrix integers(float[] weights, float[] scales, int columns) {
        byte[] stored = new byte[weights.length];
        float[] floats = new float[weights.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (byte) Math.round(127 * weights[i]);
            floats[i] = stored[i] * scales[i / columns];
        }
        WeightRows rows = new WeightRows.OfBytes() {
            @Override
            public float scale(int row) {
                return scales[row];
            }

            @Override
            public byte[] read(int first, int count) {
                return Arrays.copyOfRange(stored, first * columns, (first + count) * columns);
            }

            @Override
            public void readFloats(int first, int count, float[] to) {
                System.arraycopy(floats, first * columns, to, 0, count * columns);
            }
        };
        return of(rows, floats, columns);
    }
}
