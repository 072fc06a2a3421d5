package glimpse.engine.layer;

import java.util.Optional;

/** What makes an image's features of its tokens, after the last block. Immutable. */
public sealed interface Pooler permits TokenPooler, MeanPooler, NormalisedPooler, AttentionPooler {
    /** Length of the features. */
    int length();

    /** Returns the LayerNorm of all tokens; none where it follows the pooling. */
    Optional<LayerNorm> tokenNorm();

    /**
     * From the residual line of all tokens to {@code w.classTokens.features}.
     *
     * @param capture where the pooling's own attention goes, if it has one
     */
    void pool(Workspace w, Optional<AttentionBuffer> capture);
}
