package glimpse.engine.layer;

import java.util.Optional;

/** A pre-norm encoder block: self-attention and an MLP, each added to the residual stream. Immutable. */
public final class EncoderBlock {
    private final LayerNorm norm1;
    private final SelfAttention attention;
    private final LayerNorm norm2;
    private final Mlp mlp;

    /** Creates a block from its parts. */
    public EncoderBlock(LayerNorm norm1, SelfAttention attention, LayerNorm norm2, Mlp mlp) {
        this.norm1 = norm1;
        this.attention = attention;
        this.norm2 = norm2;
        this.mlp = mlp;
    }

    /** Computes {@code x += attention(norm1(x)); x += mlp(norm2(x))} for all tokens. */
    public void forward(Workspace w, Optional<AttentionBuffer> capture) {
        w.norm.run(norm1, w.x, w.normal, w.batch.layout(), true);
        attention.addTo(w, capture);
        w.norm.run(norm2, w.x, w.normal, w.batch.layout(), false);
        mlp.addTo(w);
    }

    /**
     * Computes the block for the class tokens alone, as the last block needs it: keys and values still come from all
     * tokens, but only the class token's query, projection and MLP are computed. The result is in the class tokens' own
     * residual stream.
     */
    public void forwardClassTokens(Workspace w, Optional<AttentionBuffer> capture) {
        Workspace.ClassTokens c = w.classTokens;
        w.norm.run(norm1, w.x, w.normal, w.batch.layout(), true);
        w.gatherClassTokens(w.x, c.x, norm1.length());
        w.gatherClassTokens(w.normal, c.normal, norm1.length());
        attention.addToClassTokens(w, c.x, capture);
        w.norm.run(norm2, c.x, c.normal, w.batch.classLayout(), false);
        mlp.addToClassTokens(w, c.x);
    }
}
