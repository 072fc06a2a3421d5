package glimpse.engine.layer;

import glimpse.engine.gemm.WeightTiles;
import glimpse.engine.packed.WeightRows;
import java.util.Arrays;

/** The parameters of a linear layer. Immutable. */
final class Linear {
    private final WeightTiles weights; // [rows][columns]
    private final float[] bias; // [rows]

    private Linear(WeightTiles weights, float[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /**
     * Packs a slice of rows.
     *
     * @param weights {@code [..][columns]}
     * @param bias {@code [..]}
     */
    static Linear pack(WeightRows weights, float[] bias, int firstRow, int rows, int columns) {
        return pack(weights, bias, firstRow, rows, columns, 1);
    }

    /** Packs a slice of rows with weights and bias multiplied by a factor. */
    static Linear pack(WeightRows weights, float[] bias, int firstRow, int rows, int columns, float factor) {
        float[] scaledBias = Arrays.copyOfRange(bias, firstRow, firstRow + rows);
        for (int row = 0; row < rows; row++) {
            scaledBias[row] *= factor;
        }
        return new Linear(WeightTiles.pack(weights, firstRow, rows, columns, factor), scaledBias);
    }

    WeightTiles weights() {
        return weights;
    }

    float[] bias() {
        return bias;
    }
}
