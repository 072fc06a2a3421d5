package glimpse.engine.layer;

import java.util.Optional;

/** Pools the mean of an image's patch tokens, normalised afterwards. Immutable. */
public final class MeanPooler implements Pooler {
    private final LayerNorm norm;
    private final int firstPatch;

    /**
     * Creates the pooling.
     *
     * @param prefixTokens tokens before the first patch
     */
    public MeanPooler(LayerNorm norm, int prefixTokens) {
        this.norm = norm;
        this.firstPatch = prefixTokens;
    }

    @Override
    public int length() {
        return norm.length();
    }

    @Override
    public Optional<LayerNorm> tokenNorm() {
        return Optional.empty();
    }

    @Override
    public void pool(Workspace w, Optional<AttentionBuffer> capture) {
        Workspace.ClassTokens c = w.classTokens;
        w.averageTokens(firstPatch, w.x, norm.length(), c.x, norm.length(), 0);
        w.norm.run(norm, c.x, c.features, w.batch.classLayout(), false);
    }
}
