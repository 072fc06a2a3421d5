package glimpse.engine.packed;

import java.util.function.IntUnaryOperator;

/**
 * Which rows of a stored matrix are packed, and where.
 *
 * @param first the first of them
 * @param count how many there are
 * @param lane the row of the packed matrix by the row, counted from the first
 * @param factor what all weights are multiplied by
 */
public record RowPacking(int first, int count, IntUnaryOperator lane, float factor) {
    // Large enough for the file to give back the memory of what was read, small enough for the L2 cache.
    private static final int BYTES_AT_ONCE = 1 << 19;

    /** Reads rows into an array of their type. */
    interface Reader<A> {
        A read(int first, int count);
    }

    /** Copies consecutive elements of a row into a piece, {@link PackedShape#lanes} apart. */
    interface Copier<A> {
        void copy(A rows, int from, int count, int piece, int at);
    }

    /** Copies all rows. */
    <A> void run(PackedShape shape, int elementBytes, Reader<A> reader, Copier<A> copier) {
        int columns = shape.columns();
        int atOnce = Math.max(1, BYTES_AT_ONCE / Math.max(1, columns * elementBytes));
        for (int begin = 0; begin < count; begin += atOnce) {
            int rows = Math.min(atOnce, count - begin);
            A values = reader.read(first + begin, rows);
            for (int i = 0; i < rows; i++) {
                int row = lane.applyAsInt(begin + i);
                for (int column = 0; column < columns; column += shape.blockColumns()) {
                    copier.copy(
                            values,
                            i * columns + column,
                            shape.steps(column),
                            shape.piece(row, column),
                            shape.at(row, column));
                }
            }
        }
    }
}
