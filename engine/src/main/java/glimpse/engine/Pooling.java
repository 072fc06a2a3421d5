package glimpse.engine;

/** What the head reads after the last block. */
public enum Pooling {
    /** The class token, the first before the patches. */
    CLASS_TOKEN,

    /**
     * The class token and the distillation token after it, each with its own classifier; the logits are averaged
     * (distilled DeiT, arXiv 2012.12877, section 4).
     */
    CLASS_AND_DISTILLATION_TOKEN,

    /** The mean of the patch tokens, normalised afterwards (global average pooling). */
    MEAN_OF_PATCHES,

    /** The mean of the normalised patch tokens. */
    MEAN_OF_NORMALISED_PATCHES,

    /** The normalised class token followed by the mean of the normalised patch tokens, as one vector. */
    CLASS_TOKEN_AND_MEAN,

    /**
     * The attention of a learned query over all normalised tokens, followed by an MLP (SigLIP, arXiv 2303.15343; arXiv
     * 2106.04560, section 3.2).
     */
    ATTENTION
}
