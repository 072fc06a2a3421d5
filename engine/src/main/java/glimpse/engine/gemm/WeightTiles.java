package glimpse.engine.gemm;

import static glimpse.engine.gemm.L1Cache.KC;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.packed.PackedShape;
import glimpse.engine.packed.PackedWeights;
import glimpse.engine.packed.RowPacking;
import glimpse.engine.packed.WeightRows;

/**
 * A weight matrix in blocks of KC columns, each cut into tiles of 8 rows: {@code [blocks][ceil(rows/8)][KC][8]}, the
 * last block with the columns that are left. That is the order in which {@link Gemm} reads it. Rows that pad the last
 * tile are zero. Immutable.
 */
public final class WeightTiles implements Weights {
    /** The most rows that a worker takes at once. */
    static final int MC = 192;

    /** A matrix without rows. */
    static final WeightTiles EMPTY = pack(new float[0], 0, 0, 0);

    // Floats of a piece: 147 KB, so that seven of them fill a megabyte.
    private static final int PIECE_FLOATS = 192 * 192;

    private final int rows;
    private final PackedWeights packed;

    private WeightTiles(int rows, PackedWeights packed) {
        this.rows = rows;
        this.packed = packed;
    }

    /**
     * Packs a matrix of floats.
     *
     * @param weights {@code [rows][columns]} from {@code offset}, as PyTorch stores a linear layer's
     */
    public static WeightTiles pack(float[] weights, int offset, int rows, int columns) {
        return pack(WeightRows.of(weights, offset, columns), 0, rows, columns, 1);
    }

    /**
     * Packs some rows of a matrix.
     *
     * @param first the first row
     * @param factor what all weights are multiplied by
     * @throws java.io.UncheckedIOException if the rows can't be read
     */
    public static WeightTiles pack(WeightRows weights, int first, int rows, int columns, float factor) {
        int padded = Math.ceilDiv(rows, TILE) * TILE;
        PackedShape shape = new PackedShape(padded, columns, TILE, KC, PIECE_FLOATS / (KC * TILE));
        return new WeightTiles(
                rows, PackedWeights.pack(weights, new RowPacking(first, rows, row -> row, factor), shape));
    }

    /** Returns the number of rows: output features. */
    public int rows() {
        return rows;
    }

    /** Returns the number of columns: input features. */
    public int columns() {
        return packed.shape().columns();
    }

    /**
     * Returns how many rows a worker takes at once: a multiple of 8, at most {@link #MC}, chosen so that all threads
     * finish together.
     */
    int mc(int threads) {
        int groups = threads * Math.ceilDiv(rows, MC * threads);
        return Math.ceilDiv(Math.ceilDiv(rows, groups), TILE) * TILE;
    }

    @Override
    public PackedWeights packed() {
        return packed;
    }
}
