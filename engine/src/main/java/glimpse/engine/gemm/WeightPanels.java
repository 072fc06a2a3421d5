package glimpse.engine.gemm;

import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.PackedShape;
import glimpse.engine.packed.PackedWeights;
import glimpse.engine.packed.RowPacking;
import glimpse.engine.packed.WeightRows;

/**
 * A weight matrix with its rows as lanes, {@code [ceil(rows/P)][columns][P]}, for the one product whose result must
 * have tokens as rows: the values of self-attention. Rows that pad the last panel are zero. Immutable.
 */
public final class WeightPanels implements Weights {
    private final int rows;
    private final PackedWeights packed;

    private WeightPanels(int rows, PackedWeights packed) {
        this.rows = rows;
        this.packed = packed;
    }

    /**
     * Packs some rows of a matrix.
     *
     * @param first the first row
     * @param group rows that belong together (one head's); each group begins at a multiple of {@code groupStride}
     * @throws java.io.UncheckedIOException if the rows can't be read
     */
    public static WeightPanels pack(
            Kernels kernels, WeightRows weights, int first, int rows, int columns, int group, int groupStride) {
        int padded = rows / group * groupStride;
        RowPacking packing = new RowPacking(first, rows, row -> row / group * groupStride + row % group, 1);
        PackedShape shape = new PackedShape(padded, columns, kernels.panel(), Math.max(1, columns), 1);
        return new WeightPanels(padded, PackedWeights.pack(weights, packing, shape));
    }

    /** Returns the number of rows, padding of groups included. */
    public int rows() {
        return rows;
    }

    /** Returns the number of columns: input features. */
    public int columns() {
        return packed.shape().columns();
    }

    /** Returns the number of panels. */
    public int panels() {
        return packed.shape().strips();
    }

    @Override
    public PackedWeights packed() {
        return packed;
    }
}
