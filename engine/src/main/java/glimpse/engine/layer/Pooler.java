package glimpse.engine.layer;

import java.util.Optional;

/** Makes an image's features from its tokens, after the last block. Immutable. */
public sealed interface Pooler permits TokenPooler, MeanPooler, NormalisedPooler, AttentionPooler {
    /** Returns the length of the features. */
    int length();

    /** Returns the LayerNorm of all tokens; none where the norm follows the pooling. */
    Optional<LayerNorm> tokenNorm();

    /**
     * Computes {@code w.classTokens.features} from the residual stream of all tokens.
     *
     * @param capture receives the attention of the pooling, if it has its own
     */
    void pool(Workspace w, Optional<AttentionBuffer> capture);
}
