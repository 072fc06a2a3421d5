package glimpse.engine.layer;

import java.util.Optional;

/** One of an image's first tokens, normalised. Immutable. */
final class TokenPooler implements Pooler {
    private final LayerNorm norm;
    private final int token;

    /**
     * Takes the norm as it is.
     *
     * @param token counted from 0, which is the class token
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

    /** The same from the class tokens' own residual line. */
    void normalise(Workspace w) {
        w.norm.run(norm, w.classTokens.x, w.classTokens.features, w.batch.classLayout(), false);
    }
}
