package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TILE;
import static glimpse.engine.kernel.L1Cache.KC;

/**
 * A weight matrix in blocks of KC columns, each cut into tiles of 8 rows: {@code [blocks][ceil(rows/8)][KC][8]}, the
 * last block with the columns that are left. That is the order in which {@link Gemm} reads it. Rows that pad the last
 * tile are zero, and so are 8 floats at the end, which a kernel may read past its tile. The first tile begins at
 * {@link Kernels#ALIGNMENT_OFFSET}. Immutable.
 */
public final class WeightTiles implements Weights {
    /** The most rows that a worker takes at once. */
    static final int MC = 192;

    private final int rows;
    private final int columns;
    private final float[] data;

    private WeightTiles(int rows, int columns, float[] data) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
    }

    /**
     * Packs a matrix.
     *
     * @param weights {@code [rows][columns]} from {@code offset}, as PyTorch stores a linear layer's
     */
    public static WeightTiles pack(float[] weights, int offset, int rows, int columns) {
        return pack(weights, offset, rows, columns, 1);
    }

    /** Packs a matrix with all weights multiplied by a factor. */
    public static WeightTiles pack(float[] weights, int offset, int rows, int columns, float factor) {
        int tiles = Math.ceilDiv(rows, TILE);
        float[] data = new float[Math.addExact(Math.multiplyExact(tiles * TILE, columns), ALIGNMENT_OFFSET + TILE)];
        for (int block = 0; block < columns; block += KC) {
            int steps = Math.min(KC, columns - block);
            for (int row = 0; row < rows; row++) {
                int to = at(rows, columns, row - row % TILE, block) + row % TILE;
                int from = offset + row * columns + block;
                for (int step = 0; step < steps; step++) {
                    data[to + step * TILE] = weights[from + step] * factor;
                }
            }
        }
        return new WeightTiles(rows, columns, data);
    }

    /** Returns the number of rows: output features. */
    public int rows() {
        return rows;
    }

    /** Returns the number of columns: input features. */
    public int columns() {
        return columns;
    }

    /**
     * Returns how many rows a worker takes at once: a multiple of 8, at most {@link #MC}, chosen so that all threads
     * finish together.
     */
    int mc(int threads) {
        int groups = threads * Math.ceilDiv(rows, MC * threads);
        return Math.ceilDiv(Math.ceilDiv(rows, groups), TILE) * TILE;
    }

    /**
     * Returns where the tile of a row (a multiple of 8) begins in the block with this first column (a multiple of KC).
     */
    int at(int row, int block) {
        return at(rows, columns, row, block);
    }

    private static int at(int rows, int columns, int row, int block) {
        return ALIGNMENT_OFFSET + Math.ceilDiv(rows, TILE) * TILE * block + row * Math.min(KC, columns - block);
    }

    @Override
    public float[] data() {
        return data;
    }

    @Override
    public int begin() {
        return ALIGNMENT_OFFSET;
    }
}
