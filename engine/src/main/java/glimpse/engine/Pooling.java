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
    MEAN_OF_PATCHES
}
