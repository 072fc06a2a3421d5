package glimpse.engine.layer;

import java.util.Optional;

/** Normalises all tokens, then pools the mean of the patch tokens, alone or after the class token. Immutable. */
public final class NormalisedPooler implements Pooler {
    private final LayerNorm norm;
    private final int firstPatch;
    private final boolean classToken;

    private NormalisedPooler(LayerNorm norm, int firstPatch, boolean classToken) {
        this.norm = norm;
        this.firstPatch = firstPatch;
        this.classToken = classToken;
    }

    /**
     * Returns the pooling that takes the mean of the patch tokens.
     *
     * @param prefixTokens tokens before the first patch
     */
    public static NormalisedPooler ofMean(LayerNorm norm, int prefixTokens) {
        return new NormalisedPooler(norm, prefixTokens, false);
    }

    /**
     * Returns the pooling that takes the class token, followed by the mean of the patch tokens.
     *
     * @param prefixTokens tokens before the first patch
     */
    public static NormalisedPooler ofClassTokenAndMean(LayerNorm norm, int prefixTokens) {
        return new NormalisedPooler(norm, prefixTokens, true);
    }

    @Override
    public int length() {
        return classToken ? 2 * norm.length() : norm.length();
    }

    @Override
    public Optional<LayerNorm> tokenNorm() {
        return Optional.of(norm);
    }

    @Override
    public void pool(Workspace w, Optional<AttentionBuffer> capture) {
        int width = norm.length();
        w.norm.run(norm, w.x, w.normal, w.batch.layout(), false);
        if (classToken) {
            w.gatherTokens(0, w.normal, width, w.classTokens.features, length(), 0);
        }
        w.averageTokens(firstPatch, w.normal, width, w.classTokens.features, length(), length() - width);
    }
}
