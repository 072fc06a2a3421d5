package glimpse.engine.gemm;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.PackedBytes;
import glimpse.engine.packed.PackedFloats;
import glimpse.engine.packed.PackedHalves;
import glimpse.engine.packed.PackedShape;
import glimpse.engine.packed.PackedWeights;
import java.util.Arrays;

/**
 * The block of weights that a product multiplies by, as floats: where they lie if they are stored as floats, otherwise
 * widened into a buffer, once for all panels. Belongs to one worker.
 */
final class WeightBlock {
    private static final int BUFFER = -1;

    private final Kernels kernels;
    private final float[][] arrays = new float[WeightTiles.MC / TILE][]; // by strip
    private final int[] places = new int[arrays.length]; // by strip, in its array
    private final int[] pieces = new int[arrays.length]; // by strip: the piece that is its array, or BUFFER
    private float[] buffer = new float[0];
    private int stripFloats;

    WeightBlock(Kernels kernels) {
        this.kernels = kernels;
        Arrays.fill(arrays, buffer);
    }

    /**
     * Takes the weights of some rows in some columns.
     *
     * @param first the first row, which begins a strip
     * @param rows number of rows, at most {@link WeightTiles#MC}
     * @param column the first column
     * @param steps number of columns, all of the same block
     */
    void load(PackedWeights weights, int first, int rows, int column, int steps) {
        PackedShape shape = weights.shape();
        int strips = Math.ceilDiv(rows, shape.lanes());
        stripFloats = steps * shape.lanes();
        if (!(weights instanceof PackedFloats)) {
            makeRoom(strips);
        }
        for (int strip = 0; strip < strips; strip++) {
            int row = first + strip * shape.lanes();
            int piece = shape.piece(row, column);
            int at = shape.at(row, column);
            int place = ALIGNMENT_OFFSET + strip * stripFloats;
            switch (weights) {
                case PackedFloats floats -> set(strip, piece, floats.piece(piece), PackedFloats.BEGIN + at);
                case PackedHalves halves -> {
                    widen(halves, halves.piece(piece), PackedHalves.BEGIN + at, place);
                    set(strip, BUFFER, buffer, place);
                }
                case PackedBytes bytes -> {
                    widen(bytes, bytes.piece(piece), PackedBytes.BEGIN + at, row, place);
                    set(strip, BUFFER, buffer, place);
                }
            }
        }
    }

    /** Returns the array that holds a strip. */
    float[] array(int strip) {
        return arrays[strip];
    }

    /** Returns where in its array a strip begins. */
    int at(int strip) {
        return places[strip];
    }

    /** Makes sure that strips lie in one array, one after the other. */
    void join(int strip, int count) {
        if (pieces[strip + count - 1] == pieces[strip]) {
            return;
        }
        makeRoom(arrays.length);
        for (int i = strip; i < strip + count; i++) {
            int place = ALIGNMENT_OFFSET + i * stripFloats;
            System.arraycopy(arrays[i], places[i], buffer, place, stripFloats);
            set(i, BUFFER, buffer, place);
        }
    }

    private void set(int strip, int piece, float[] array, int place) {
        pieces[strip] = piece;
        arrays[strip] = array;
        places[strip] = place;
    }

    private void makeRoom(int strips) {
        int length = ALIGNMENT_OFFSET + strips * stripFloats + TILE;
        if (buffer.length < length) {
            buffer = new float[length];
        }
    }

    private void widen(PackedHalves halves, short[] elements, int from, int to) {
        switch (halves.format()) {
            case F16 -> kernels.widenF16(elements, from, halves.factor(), buffer, to, stripFloats);
            case BF16 -> kernels.widenBf16(elements, from, halves.factor(), buffer, to, stripFloats);
        }
    }

    private void widen(PackedBytes bytes, byte[] elements, int from, int row, int to) {
        int lanes = bytes.shape().lanes();
        int scale = PackedBytes.SCALES_BEGIN + row;
        kernels.widenBytes(elements, from, lanes, bytes.scales(), scale, bytes.factor(), buffer, to, stripFloats);
    }
}
