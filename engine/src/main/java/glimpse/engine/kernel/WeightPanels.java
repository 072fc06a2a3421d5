package glimpse.engine.kernel;

/**
 * A weight matrix with its rows as lanes, {@code [ceil(rows/P)][columns][P]}, for the one product whose result must
 * have tokens as rows: the values of self-attention. Rows that pad the last panel are zero. Immutable.
 */
public final class WeightPanels implements Weights {
    private final int rows;
    private final int columns;
    private final int panel;
    private final float[] data;

    private WeightPanels(int rows, int columns, int panel, float[] data) {
        this.rows = rows;
        this.columns = columns;
        this.panel = panel;
        this.data = data;
    }

    /**
     * Packs a matrix.
     *
     * @param weights {@code [rows][columns]} from {@code offset}
     * @param group rows that belong together (one head's); each group begins at a multiple of {@code groupStride}
     */
    public static WeightPanels pack(
            Kernels kernels, float[] weights, int offset, int rows, int columns, int group, int groupStride) {
        int panel = kernels.panel();
        int padded = rows / group * groupStride;
        float[] data = new float[kernels.panelFloats(Math.ceilDiv(padded, panel), columns)];
        for (int row = 0; row < rows; row++) {
            int lane = row / group * groupStride + row % group;
            int to = kernels.rowAt(lane / panel, columns, 0) + lane % panel;
            int from = offset + row * columns;
            for (int column = 0; column < columns; column++) {
                data[to + column * panel] = weights[from + column];
            }
        }
        return new WeightPanels(padded, columns, panel, data);
    }

    /** Returns the number of rows, padding of groups included. */
    public int rows() {
        return rows;
    }

    /** Returns the number of columns: input features. */
    public int columns() {
        return columns;
    }

    /** Returns the number of panels. */
    public int panels() {
        return Math.ceilDiv(rows, panel);
    }

    @Override
    public float[] data() {
        return data;
    }

    @Override
    public int begin() {
        return Kernels.ALIGNMENT_OFFSET;
    }
}
