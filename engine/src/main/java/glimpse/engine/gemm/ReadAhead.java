package glimpse.engine.gemm;

import static glimpse.engine.kernel.Kernels.LINE_FLOATS;
import static glimpse.engine.kernel.Kernels.STREAM_STEPS;

import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.PackedFloats;
import glimpse.engine.packed.PackedShape;
import glimpse.engine.packed.PackedWeights;

/**
 * The weights that are needed next, which the kernels read ahead, a float here and there, so fast that a block is read
 * when the block before is done. A load waits for memory where the hardware prefetcher doesn't help: at the first lines
 * of each page. So a block is read in several streams that meet their pages at the same time and wait once for all.
 *
 * <p>Weights of another type aren't read ahead: they are fewer bytes, read in one sweep when they are widened, and
 * touching them between two kernels made a pass 2 to 4 % slower. Belongs to one worker.
 */
final class ReadAhead {
    private static final int MAX_FLOATS = 4 * LINE_FLOATS; // for STREAM_STEPS steps, in all streams

    private final int streams;
    private PackedFloats weights = (PackedFloats) WeightTiles.EMPTY.packed();
    private int piece;
    private int place; // of the first stream, in the piece's array
    private int distance; // from one stream to the next
    private int left; // of each stream
    private int rest; // floats of the block that are in the pieces after this
    private int speed = 1; // floats for STREAM_STEPS steps of a kernel

    private float[] floats = new float[0];
    private int at;
    private int spacing;
    private int pace;

    @SuppressWarnings("UnusedVariable") // keeps the loads alive
    private int kept;

    ReadAhead(Kernels kernels) {
        streams = kernels.streams();
    }

    /**
     * Goes to the block of KC columns that begins at an element; to the end if there is none.
     *
     * @param rows rows of the block, or as many as there are
     * @param calls calls of the kernel during which they are to be read
     * @param steps steps of k in each call
     */
    void begin(PackedWeights packed, int row, int column, int rows, int calls, int steps) {
        PackedShape shape = packed.shape();
        left = 0;
        rest = 0;
        if (packed instanceof PackedFloats all && row < shape.rows() && column < shape.columns()) {
            weights = all;
            int count = Math.min(rows, shape.rows() - row) * Math.min(L1Cache.KC, shape.columns() - column);
            int touches = Math.max(1, calls * Math.ceilDiv(steps, STREAM_STEPS));
            speed = Math.clamp(Math.ceilDiv(count / streams, touches), 1, MAX_FLOATS / streams);
            enter(shape.piece(row, column), shape.at(row, column), count);
        }
    }

    /**
     * Sets what the next call of the kernel reads ahead: {@link #floats}, {@link #at}, {@link #spacing} and
     * {@link #pace}. If nothing is left, it is a number that the kernel reads anyway.
     *
     * @param other an array that the kernel reads
     * @param otherAt a place in it
     */
    void next(int steps, float[] other, int otherAt) {
        int count = speed * Math.ceilDiv(steps, STREAM_STEPS);
        if (left < count && rest > 0 && piece + 1 < weights.shape().pieces()) {
            enter(piece + 1, 0, rest);
        }
        boolean reads = left >= count;
        floats = reads ? weights.piece(piece) : other;
        at = reads ? place : otherAt;
        spacing = reads ? distance : 0;
        pace = reads ? speed : 0;
        if (reads) {
            place += count;
            left -= count;
        }
    }

    float[] floats() {
        return floats;
    }

    int at() {
        return at;
    }

    int spacing() {
        return spacing;
    }

    int pace() {
        return pace;
    }

    /** Keeps what a kernel returned. */
    void keep(int read) {
        kept += read;
    }

    private void enter(int next, int offset, int count) {
        piece = next;
        int here = Math.min(count, weights.shape().elements(next) - offset);
        place = PackedFloats.BEGIN + offset;
        distance = here / streams / LINE_FLOATS * LINE_FLOATS;
        left = distance;
        rest = count - here;
    }
}
