package glimpse.engine;

/** What the classifier looks at when the last block is done. */
public enum Pooling {
    /** The class token, the first before the patches. */
    CLASS_TOKEN,

    /**
     * The class token and the distillation token behind it, each with a classifier of its own; the logits are averaged
     * (distilled DeiT, arXiv 2012.12877, section 4).
     */
    CLASS_AND_DISTILLATION_TOKEN,

    /** The mean of the patches' tokens, normalised after it is taken (global average pooling). */
    MEAN_OF_PATCHES,

    /** The mean of the patches' normalised tokens. */
    MEAN_OF_NORMALISED_PATCHES,

    /** The normalised class token and behind it the mean of the patches' normalised tokens, as one vector. */
    CLASS_TOKEN_AND_MEAN,

    /**
     * A learnt query's attention over all normalised tokens, and an MLP (SigLIP, arXiv 2303.15343; arXiv 2106.04560,
     * section 3.2).
     */
    ATTENTION
}
