package glimpse.engine.layer;

import java.util.Optional;

/** Pools one of an image's prefix tokens, normalised. Immutable. */
final class TokenPooler implements Pooler {
    private final LayerNorm norm;
    private final int token;

    /**
     * Creates the pooling.
     *
     * @param token zero-based index of the token; 0 is the class token
     */
    TokenPooler(LayerNorm norm, int token) {
        this.norm = norm;
        this.token = token;
    }

    @Override
    public int length() {
        return norm.length();
    }

    @Override
    public Optional<LayerNorm> tokenNorm() {
        return Optional.of(norm);
    }

    @Override
    public void pool(Workspace w, Optional<AttentionBuffer> capture) {
        w.gatherTokens(token, w.x, w.classTokens.x, norm.length());
        normalise(w);
    }

    /** Pools from the class tokens' own residual stream. */
    void normalise(Workspace w) {
        w.norm.run(norm, w.classTokens.x, w.classTokens.features, w.batch.classLayout(), false);
    }
}
