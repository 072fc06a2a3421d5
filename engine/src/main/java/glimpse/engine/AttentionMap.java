package glimpse.engine;

import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * The softmaxed attention of one layer for one image: for every head, rows of queries against columns of keys; each row
 * sums to 1. Columns, and the rows of a full map, begin with the prefix tokens, the class token first; the patches
 * follow in the order of their sequence. A map of the readout row alone has a single row. Immutable.
 */
public final class AttentionMap {
    private final int layer;
    private final int heads;
    private final int rows;
    private final int columns;
    private final int prefixTokens;
    private final float[] weights; // [heads][rows][columns]

    /**
     * Creates a map from a copy of the weights.
     *
     * @param layer zero-based layer, at least 0; attention pooling counts as layer {@code depth}
     * @param heads number of attention heads, at least 1
     * @param rows 1 (the readout row) or {@code columns}
     * @param columns number of tokens in the sequence, at least 1
     * @param prefixTokens tokens before the first patch, 0..columns
     * @param weights {@code [heads][rows][columns]}
     * @throws IllegalArgumentException if a value is out of range or {@code weights} has another length
     */
    public AttentionMap(int layer, int heads, int rows, int columns, int prefixTokens, float[] weights) {
        this(Objects.requireNonNull(weights, "weights").clone(), layer, heads, rows, columns, prefixTokens);
        require(layer >= 0, "layer", layer, "at least 0");
        require(heads >= 1, "heads", heads, "at least 1");
        require(columns >= 1, "columns", columns, "at least 1");
        require(rows == 1 || rows == columns, "rows", rows, "1 or " + columns);
        require(prefixTokens >= 0 && prefixTokens <= columns, "prefixTokens", prefixTokens, "0.." + columns);
        if (weights.length != (long) heads * rows * columns) {
            throw new IllegalArgumentException("weights has " + weights.length + " elements, expected " + heads
                    + " heads x " + rows + " rows x " + columns + " columns");
        }
    }

    private AttentionMap(float[] weights, int layer, int heads, int rows, int columns, int prefixTokens) {
        this.layer = layer;
        this.heads = heads;
        this.rows = rows;
        this.columns = columns;
        this.prefixTokens = prefixTokens;
        this.weights = weights;
    }

    /** Creates a map that takes over the weights, which nobody else may hold. */
    static AttentionMap owning(float[] weights, int layer, int heads, int rows, int columns, int prefixTokens) {
        return new AttentionMap(weights, layer, heads, rows, columns, prefixTokens);
    }

    /** Returns the zero-based layer; attention pooling counts as layer {@code depth}. */
    public int layer() {
        return layer;
    }

    /** Returns the number of heads. */
    public int heads() {
        return heads;
    }

    /** Returns the number of queries: 1 for the readout row, otherwise {@link #columns()}. */
    public int rows() {
        return rows;
    }

    /** Returns the number of keys: all tokens of the sequence. */
    public int columns() {
        return columns;
    }

    /** Returns the number of tokens before the first patch. */
    public int prefixTokens() {
        return prefixTokens;
    }

    /** Returns the number of patches in the sequence. */
    public int patches() {
        return columns - prefixTokens;
    }

    /**
     * Returns the attention of a query to a key, 0..1.
     *
     * @param head 0..heads-1
     * @param row the query, 0..rows-1
     * @param column the key, 0..columns-1
     * @throws IndexOutOfBoundsException naming the index that is out of range
     */
    public float weight(int head, int row, int column) {
        Indices.check("head", head, heads);
        Indices.check("row", row, rows);
        Indices.check("column", column, columns);
        return weights[(head * rows + row) * columns + column];
    }

    /** Returns a copy of all weights, {@code [heads][rows][columns]}. */
    public float[] weights() {
        return weights.clone();
    }

    /** Returns a read-only view of all weights, {@code [heads][rows][columns]}, without copying them. */
    public FloatBuffer view() {
        return FloatBuffer.wrap(weights).asReadOnlyBuffer();
    }

    private static void require(boolean holds, String name, int value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
