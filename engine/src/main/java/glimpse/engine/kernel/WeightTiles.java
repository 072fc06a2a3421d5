package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.TILE;

/**
 * A weight matrix cut into tiles of 8 rows, {@code [ceil(rows/8)][columns][8]}; rows that fill up the last tile are
 * zero. Immutable.
 */
public final class WeightTiles {
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
        int tiles = Math.ceilDiv(rows, TILE);
        float[] data = new float[Math.multiplyExact(tiles * TILE, columns)];
        for (int row = 0; row < rows; row++) {
            int to = row / TILE * TILE * columns + row % TILE;
            int from = offset + row * columns;
            for (int column = 0; column < columns; column++) {
                data[to + column * TILE] = weights[from + column];
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

    float[] data() {
        return data;
    }
}
