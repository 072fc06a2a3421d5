package glimpse.engine.layer;

import glimpse.engine.kernel.Gemm;

/** The classifier on the normalised class token. Immutable. */
public final class Head {
    private final LayerNorm norm;
    private final Linear linear;

    /**
     * Packs the classifier.
     *
     * @param weight {@code [classes][width]}
     * @param bias {@code [classes]}
     */
    public Head(LayerNorm norm, float[] weight, float[] bias) {
        this.norm = norm;
        linear = Linear.pack(weight, bias, 0, bias.length, norm.length());
    }

    /** Takes the class tokens from the residual line of all tokens, where the last block left them there. */
    public void gather(Workspace w) {
        w.gatherClassTokens(w.x, w.classTokens.x, norm.length());
    }

    /** From the class tokens' residual line to logits. */
    public void forward(Workspace w) {
        Workspace.ClassTokens c = w.classTokens;
        w.norm.run(norm, c.x, c.normal, w.batch.classLayout(), false);
        w.gemm.run(linear.weights(), linear.bias(), c.normal, c.logits, w.batch.classLayout(), Gemm.Epilogue.STORE);
    }
}
