package glimpse.engine.gemm;

import glimpse.engine.packed.PackedFloats;
import glimpse.engine.packed.PackedShape;
import glimpse.engine.packed.PackedWeights;

/**
 * A place in the weights that are needed next, from which the kernels touch a float at each step. Weights of another
 * type aren't read ahead: they are fewer bytes, read in one sweep when they are widened, and touching them between two
 * kernels made a pass 2 to 4 % slower. Belongs to one worker.
 */
final class ReadAhead {
    private PackedWeights weights = WeightTiles.EMPTY.packed();
    private int piece;
    private float[] floats = new float[0]; // the piece
    private int at; // in the piece
    private int end;

    @SuppressWarnings("UnusedVariable") // keeps the loads alive
    private int kept;

    /** Goes to the place of an element; to the end if there is none. */
    void begin(PackedWeights packed, int row, int column) {
        weights = packed;
        PackedShape shape = packed.shape();
        if (row < shape.rows() && column < shape.columns()) {
            enter(shape.piece(row, column));
            at += shape.at(row, column);
        } else {
            enter(shape.pieces());
        }
    }

    /** Returns whether a kernel can touch so many floats of {@link #floats} from {@link #at} on. */
    boolean has(int count) {
        if (at + count > end) {
            enter(piece + 1);
        }
        return at + count <= end;
    }

    float[] floats() {
        return floats;
    }

    int at() {
        return at;
    }

    /** Keeps what a kernel returned and advances by so many floats. */
    void advance(int read, int count) {
        kept += read;
        at = Math.min(at + count, end);
    }

    private void enter(int next) {
        piece = Math.min(next, weights.shape().pieces());
        at = PackedFloats.BEGIN;
        end = at;
        if (weights instanceof PackedFloats all && piece < weights.shape().pieces()) {
            floats = all.piece(piece);
            end = at + weights.shape().elements(piece);
        }
    }
}
