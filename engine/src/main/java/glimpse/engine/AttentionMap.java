package glimpse.engine;

/**
 * Softmaxed attention of one layer for one image: for every head, rows of queries against columns of keys; each row
 * sums to 1. Columns (and the rows of a full map) begin with the prefix tokens, the class token first; the patches of
 * the sequence follow in their order. A class-row capture has the class token's row alone, or in its place the row of
 * attention pooling's query. Immutable.
 */
public final class AttentionMap {
    private final int layer;
    private final int heads;
    private final int rows;
    private final int columns;
    private final int prefixTokens;
    private final float[] weights; // [heads][rows][columns]

    /**
     * Makes a map of a copy of the weights.
     *
     * @param layer zero-based layer; attention pooling's is the number of blocks
     * @param heads attention heads
     * @param rows 1 (the class token's row, or the pooling's) or {@code columns}
     * @param columns tokens of the sequence
     * @param prefixTokens tokens before the first patch
     * @param weights {@code [heads][rows][columns]}
     */
    public AttentionMap(int layer, int heads, int rows, int columns, int prefixTokens, float[] weights) {
        if (weights.length != (long) heads * rows * columns) {
            throw new IllegalArgumentException("weights has " + weights.length + " elements, expected " + heads
                    + " heads x " + rows + " rows x " + columns + " columns");
        }
        this.layer = layer;
        this.heads = heads;
        this.rows = rows;
        this.columns = columns;
        this.prefixTokens = prefixTokens;
        this.weights = weights.clone();
    }

    /** Zero-based layer. */
    public int layer() {
        return layer;
    }

    /** Number of heads. */
    public int heads() {
        return heads;
    }

    /** Number of queries: 1 for a class row, otherwise {@link #columns()}. */
    public int rows() {
        return rows;
    }

    /** Number of keys: all tokens of the sequence. */
    public int columns() {
        return columns;
    }

    /** Tokens before the first patch. */
    public int prefixTokens() {
        return prefixTokens;
    }

    /** Number of patches of the sequence. */
    public int patches() {
        return columns - prefixTokens;
    }

    /** Attention of the query at {@code row} to the key at {@code column}, 0..1. */
    public float weight(int head, int row, int column) {
        return weights[(head * rows + row) * columns + column];
    }

    /** A copy of all weights, {@code [heads][rows][columns]}. */
    public float[] weights() {
        return weights.clone();
    }
}
