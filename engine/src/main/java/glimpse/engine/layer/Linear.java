package glimpse.engine.layer;

import glimpse.engine.kernel.WeightTiles;
import java.util.Arrays;

/** A linear layer's parameters. Immutable. */
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
    static Linear pack(float[] weights, float[] bias, int firstRow, int rows, int columns) {
        return new Linear(
                WeightTiles.pack(weights, firstRow * columns, rows, columns),
                Arrays.copyOfRange(bias, firstRow, firstRow + rows));
    }

    WeightTiles weights() {
        return weights;
    }

    float[] bias() {
        return bias;
    }
}
