package glimpse.engine.layer;

import java.util.Arrays;
import java.util.Optional;

/**
 * Attention pooling (arXiv 2106.04560, section 3.2): a learned query, the same for every image, attends to all
 * normalised tokens as a class token would; an MLP with a residual connection follows. Immutable.
 */
public final class AttentionPooler implements Pooler {
    private final LayerNorm norm;
    private final float[] query; // [width]
    private final SelfAttention attention;
    private final LayerNorm mlpNorm;
    private final Mlp mlp;

    /**
     * Creates the pooling from its parts.
     *
     * @param norm LayerNorm of all tokens
     * @param query learned query before its linear layer, {@code [width]}
     * @param attention linear layer of the query, keys and values of the tokens, projection
     * @param mlpNorm LayerNorm before the MLP
     */
    public AttentionPooler(LayerNorm norm, float[] query, SelfAttention attention, LayerNorm mlpNorm, Mlp mlp) {
        this.norm = norm;
        this.query = query.clone();
        this.attention = attention;
        this.mlpNorm = mlpNorm;
        this.mlp = mlp;
    }

    @Override
    public int length() {
        return query.length;
    }

    @Override
    public Optional<LayerNorm> tokenNorm() {
        return Optional.of(norm);
    }

    @Override
    public void pool(Workspace w, Optional<AttentionBuffer> capture) {
        Workspace.ClassTokens c = w.classTokens;
        int panels = w.batch.classLayout().panels();
        w.norm.run(norm, w.x, w.normal, w.batch.layout(), true);
        for (int i = 0; i < panels * query.length; i++) {
            Arrays.fill(c.normal, w.kernels.rowAt(0, 1, i), w.kernels.rowAt(0, 1, i + 1), query[i % query.length]);
        }
        Arrays.fill(c.features, 0, w.kernels.panelFloats(panels, query.length), 0f);
        attention.addToClassTokens(w, c.features, capture);
        w.norm.run(mlpNorm, c.features, c.normal, w.batch.classLayout(), false);
        mlp.addToClassTokens(w, c.features);
    }
}
