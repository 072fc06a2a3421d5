package glimpse.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The tokens of one image after one layer: the prefix tokens, the class token first, then the patches in the order of
 * their sequence. Either the residual stream as the layer left it, or normalised by the model's last LayerNorm.
 * Immutable.
 */
public final class HiddenState {
    private final int layer;
    private final int prefixTokens;
    private final int width;
    private final float[] values; // [tokens][width]

    /** Creates a hidden state that takes over the values, which nobody else may hold. */
    HiddenState(int layer, int prefixTokens, int width, float[] values) {
        this.layer = layer;
        this.prefixTokens = prefixTokens;
        this.width = width;
        this.values = values;
    }

    /** Returns the zero-based layer. */
    public int layer() {
        return layer;
    }

    /** Returns the number of tokens, prefix tokens included. */
    public int tokens() {
        return values.length / width;
    }

    /** Returns the number of tokens before the first patch. */
    public int prefixTokens() {
        return prefixTokens;
    }

    /** Returns the number of patches in the sequence. */
    public int patches() {
        return tokens() - prefixTokens;
    }

    /** Returns the length of a token. */
    public int width() {
        return width;
    }

    /**
     * Returns one value of one token.
     *
     * @param token 0..tokens-1
     * @param feature 0..width-1
     * @throws IndexOutOfBoundsException naming the index that is out of range
     */
    public float value(int token, int feature) {
        Indices.check("token", token, tokens());
        Indices.check("feature", feature, width);
        return values[token * width + feature];
    }

    /** Returns a copy of all tokens, {@code [tokens][width]}. */
    public float[] values() {
        return values.clone();
    }

    /** Returns a copy of the patch tokens, {@code [patches][width]}: dense features. */
    public float[] patchTokens() {
        return Arrays.copyOfRange(values, prefixTokens * width, values.length);
    }

    /** Returns a read-only view of all tokens, {@code [tokens][width]}, without copying them. */
    public FloatBuffer view() {
        return FloatBuffer.wrap(values).asReadOnlyBuffer();
    }
}
