package glimpse.engine.kernel;

import glimpse.engine.packed.PackedFloats;
import glimpse.engine.packed.PackedShape;
import glimpse.engine.packed.PackedWeights;

/**
 * A place in the weights that are needed next. Floats are read ahead by the kernels, which touch one at each step;
 * weights of another type here, between two kernels, since they are few cache lines. Belongs to one worker.
 */
final class ReadAhead {
    private static final float[] NONE = new float[0];

    private PackedWeights weights = WeightTiles.EMPTY.packed();
    private int piece;
    private int elements; // of the piece
    private int at; // distance from the piece's first element
    private float[] floats = NONE; // the piece, if it is of floats
    private int kept; // keeps the loads alive

    /** Goes to the place of an element; to the end if there is none. */
    void begin(PackedWeights packed, int row, int column) {
        weights = packed;
        PackedShape shape = packed.shape();
        if (row < shape.rows() && column < shape.columns()) {
            enter(shape.piece(row, column));
            at = shape.at(row, column);
        } else {
            enter(shape.pieces());
        }
    }

    /** Returns whether a kernel can touch so many floats of {@link #floats} from {@link #at} on. */
    boolean hasFloats(int count) {
        return has(count) && floats != NONE;
    }

    float[] floats() {
        return floats;
    }

    int at() {
        return PackedFloats.BEGIN + at;
    }

    /** Keeps what a kernel returned, touches weights that no kernel does, and advances by so many. */
    void advance(int read, int count) {
        kept += read;
        if (has(count)) {
            if (floats == NONE) {
                kept += weights.touch(piece, at, count);
            }
            at += count;
        }
    }

    /** Returns whether so many elements follow in a piece: in the next one, if there are fewer in this one. */
    private boolean has(int count) {
        if (at + count > elements) {
            enter(piece + 1);
        }
        return at + count <= elements;
    }

    private void enter(int next) {
        int pieces = weights.shape().pieces();
        piece = Math.min(next, pieces);
        elements = piece < pieces ? weights.shape().elements(piece) : 0;
        floats = weights instanceof PackedFloats all && piece < pieces ? all.piece(piece) : NONE;
        at = 0;
    }
}
