package glimpse.engine.packed;

import java.util.Arrays;

/**
 * A weight matrix as it is stored, {@code [rows][columns]}, read some rows at a time while it is packed. Not
 * thread-safe.
 */
public sealed interface WeightRows {
    /**
     * Reads rows as the floats that they stand for.
     *
     * @param to at least {@code [count][columns]}, filled from its start
     * @throws java.io.UncheckedIOException if they can't be read
     */
    void readFloats(int first, int count, float[] to);

    /** Rows of 32-bit floats. */
    non-sealed interface OfFloats extends WeightRows {
        /**
         * Reads rows.
         *
         * @return an array that holds them from its start, {@code [count][columns]}, until the next call
         * @throws java.io.UncheckedIOException if they can't be read
         */
        float[] read(int first, int count);
    }

    /** Rows of 16-bit floats. */
    non-sealed interface OfHalves extends WeightRows {
        /** Returns which floats they are. */
        HalfFormat format();

        /**
         * Reads rows.
         *
         * @return an array that holds them from its start, {@code [count][columns]}, until the next call
         * @throws java.io.UncheckedIOException if they can't be read
         */
        short[] read(int first, int count);
    }

    /** Rows of integers: a weight is the integer times its row's scale. */
    non-sealed interface OfBytes extends WeightRows {
        /** Returns the scale of a row. */
        float scale(int row);

        /**
         * Reads rows.
         *
         * @return an array that holds them from its start, {@code [count][columns]}, until the next call
         * @throws java.io.UncheckedIOException if they can't be read
         */
        byte[] read(int first, int count);
    }

    /**
     * Returns a matrix that is in memory.
     *
     * @param weights {@code [rows][columns]} from {@code offset}
     */
    static WeightRows of(float[] weights, int offset, int columns) {
        return new OfFloats() {
            @Override
            public float[] read(int first, int count) {
                return Arrays.copyOfRange(weights, offset + first * columns, offset + (first + count) * columns);
            }

            @Override
            public void readFloats(int first, int count, float[] to) {
                System.arraycopy(weights, offset + first * columns, to, 0, count * columns);
            }
        };
    }
}
