package glimpse.engine.kernel;

import static glimpse.engine.kernel.FirstLevelCache.BLOCK;
import static glimpse.engine.kernel.Kernels.FIRST;
import static glimpse.engine.kernel.Kernels.TILE;

/**
 * A weight matrix in blocks of columns, each cut into tiles of 8 rows: {@code [blocks][ceil(rows/8)][BLOCK][8]}, the last
 * block with the columns that are left. So it lies in the order in which it is read. Rows that fill up the last tile are
 * zero, and so are 8 floats at the end, over which a kernel may read. The first tile begins where panels do. Immutable.
 */
public final class WeightTiles implements Weights {
    private static final int LARGEST_GROUP = 192;

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
     * @param weights {@code [rows][columns]} from {@code offset}, as PyTorch keeps a linear layer's
     */
    public static WeightTiles pack(float[] weights, int offset, int rows, int columns) {
        return pack(weights, offset, rows, columns, 1);
    }

    /** The same with all weights times a factor. */
    public static WeightTiles pack(float[] weights, int offset, int rows, int columns, float factor) {
        int tiles = Math.ceilDiv(rows, TILE);
        float[] data = new float[Math.addExact(Math.multiplyExact(tiles * TILE, columns), FIRST + TILE)];
        for (int block = 0; block < columns; block += BLOCK) {
            int steps = Math.min(BLOCK, columns - block);
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

    /** Rows: features that come out. */
    public int rows() {
        return rows;
    }

    /** Columns: features that go in. */
    public int columns() {
        return columns;
    }

    /** Rows that a worker takes at once, a multiple of 8: so that all threads finish together, and at most 192. */
    int group(int threads) {
        int groups = threads * Math.ceilDiv(rows, LARGEST_GROUP * threads);
        return Math.ceilDiv(Math.ceilDiv(rows, groups), TILE) * TILE;
    }

    static int largestGroup() {
        return LARGEST_GROUP;
    }

    /** Where the tile of a row (a multiple of 8) begins in a block of columns (by its first). */
    int at(int row, int block) {
        return at(rows, columns, row, block);
    }

    private static int at(int rows, int columns, int row, int block) {
        return FIRST + Math.ceilDiv(rows, TILE) * TILE * block + row * Math.min(BLOCK, columns - block);
    }

    @Override
    public float[] data() {
        return data;
    }

    @Override
    public int begin() {
        return FIRST;
    }
}
