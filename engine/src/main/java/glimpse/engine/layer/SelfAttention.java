package glimpse.engine.layer;

import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.gemm.Gemm.Epilogue;
import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.gemm.WeightPanels;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.WeightRows;
import java.util.Optional;

/**
 * Multi-head self-attention. Immutable.
 *
 * <p>Packing folds two things into the weights. The scale, {@code 1/sqrt(headWidth)}, is multiplied into the queries.
 * The bias of the values is folded through the projection into its bias: attention weights sum to 1, so each head adds
 * exactly its bias to the average of its values.
 */
public final class SelfAttention {
    private static final int ROWS_AT_ONCE = 32;

    private final int heads;
    private final Linear query;
    private final Linear key;
    private final WeightPanels value;
    private final Linear projection;

    /**
     * Packs the layer.
     *
     * @param qkvWeight {@code [3 x width][width]}: queries, keys, values
     * @param qkvBias {@code [3 x width]}, or none
     * @param projectionWeight {@code [width][width]}
     * @param projectionBias {@code [width]}
     * @throws java.io.UncheckedIOException if the weights can't be read
     */
    public SelfAttention(
            Kernels kernels,
            int heads,
            WeightRows qkvWeight,
            Optional<float[]> qkvBias,
            WeightRows projectionWeight,
            float[] projectionBias) {
        this.heads = heads;
        int width = projectionBias.length;
        int headWidth = width / heads;
        float[] bias = qkvBias.orElseGet(() -> new float[3 * width]);
        query = Linear.pack(qkvWeight, bias, 0, width, width, (float) (1 / Math.sqrt(headWidth)));
        key = Linear.pack(qkvWeight, bias, width, width, width);
        value = WeightPanels.pack(kernels, qkvWeight, 2 * width, width, width, headWidth, paddedHeadWidth(headWidth));
        projection =
                Linear.pack(projectionWeight, withValueBias(projectionWeight, projectionBias, bias), 0, width, width);
    }

    /** Returns the number of rows of the values, each head padded to whole tiles and their total to whole panels. */
    public static int valueRows(Kernels kernels, int width, int heads) {
        int rows = heads * paddedHeadWidth(width / heads);
        return Math.ceilDiv(rows, kernels.panel()) * kernels.panel();
    }

    static int paddedHeadWidth(int headWidth) {
        return Math.ceilDiv(headWidth, TILE) * TILE;
    }

    int heads() {
        return heads;
    }

    /** Adds the attention of all tokens to the residual stream. */
    void addTo(Workspace w, Optional<AttentionBuffer> capture) {
        PanelLayout layout = w.batch.layout();
        w.gemm.run(query.weights(), query.bias(), w.normal, w.queries, layout, Epilogue.STORE);
        keysAndValues(w);
        w.attention.run(this, capture);
        w.gemm.run(projection.weights(), projection.bias(), w.attended, w.x, layout, Epilogue.ADD);
    }

    /** Adds the attention of the class tokens, which attend to all tokens, to their own residual stream {@code x}. */
    void addToClassTokens(Workspace w, float[] x, Optional<AttentionBuffer> capture) {
        PanelLayout layout = w.batch.classLayout();
        Workspace.ClassTokens c = w.classTokens;
        w.gemm.run(query.weights(), query.bias(), c.normal, c.queries, layout, Epilogue.STORE);
        keysAndValues(w);
        w.attention.runClassTokens(this, capture);
        w.gemm.run(projection.weights(), projection.bias(), c.attended, x, layout, Epilogue.ADD);
    }

    int width() {
        return projection.weights().rows();
    }

    private void keysAndValues(Workspace w) {
        w.gemm.run(key.weights(), key.bias(), w.normal, w.keyTiles, w.batch.layout(), Epilogue.SPLIT);
        w.valueGemm.run(value, w.normalTiles, w.valueTiles);
    }

    private static float[] withValueBias(WeightRows projectionWeight, float[] projectionBias, float[] qkvBias) {
        int width = projectionBias.length;
        float[] sums = new float[width];
        float[] weights = new float[ROWS_AT_ONCE * width]; // [rows][width]
        for (int first = 0; first < width; first += ROWS_AT_ONCE) {
            int rows = Math.min(ROWS_AT_ONCE, width - first);
            projectionWeight.readFloats(first, rows, weights);
            for (int row = 0; row < rows; row++) {
                double sum = projectionBias[first + row];
                for (int column = 0; column < width; column++) {
                    sum += (double) weights[row * width + column] * qkvBias[2 * width + column];
                }
                sums[first + row] = (float) sum;
            }
        }
        return sums;
    }
}
