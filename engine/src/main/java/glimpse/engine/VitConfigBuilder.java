package glimpse.engine;

/**
 * Builds a {@link VitConfig} by name instead of by place. What isn't set is as in DeiT (arXiv 2012.12877): three
 * channels, one prefix token, an MLP four times as wide as a token, queries, keys and values with a bias, epsilon 1e-6,
 * the class token as pooling, the exact GELU, no norm before the blocks, no projection, no representation layer and no
 * classifier. Not thread-safe.
 */
public final class VitConfigBuilder {
    private static final int MLP_RATIO = 4;

    private int imageSize;
    private int patchSize;
    private int channels = 3;
    private int width;
    private int depth;
    private int heads;
    private int mlpWidth; // 0: MLP_RATIO x width
    private int prefixTokens = 1;
    private int classes;
    private boolean qkvBias = true;
    private float layerNormEpsilon = 1e-6f;
    private Pooling pooling = Pooling.CLASS_TOKEN;
    private Activation activation = Activation.GELU;
    private boolean preNorm;
    private int projectionWidth;
    private int representationWidth;

    VitConfigBuilder() {}

    /** Sets the side of the square input in pixels. */
    public VitConfigBuilder imageSize(int value) {
        imageSize = value;
        return this;
    }

    /** Sets the side of a square patch in pixels. */
    public VitConfigBuilder patchSize(int value) {
        patchSize = value;
        return this;
    }

    /** Sets the image channels: 1 (grey) or 3 (RGB). */
    public VitConfigBuilder channels(int value) {
        channels = value;
        return this;
    }

    /** Sets the length of a token. */
    public VitConfigBuilder width(int value) {
        width = value;
        return this;
    }

    /** Sets the number of encoder blocks. */
    public VitConfigBuilder depth(int value) {
        depth = value;
        return this;
    }

    /** Sets the number of attention heads. */
    public VitConfigBuilder heads(int value) {
        heads = value;
        return this;
    }

    /** Sets the hidden length of a block's MLP. */
    public VitConfigBuilder mlpWidth(int value) {
        mlpWidth = value;
        return this;
    }

    /** Sets the number of tokens before the patches. */
    public VitConfigBuilder prefixTokens(int value) {
        prefixTokens = value;
        return this;
    }

    /** Sets the number of classes; 0 for a model without a classifier. */
    public VitConfigBuilder classes(int value) {
        classes = value;
        return this;
    }

    /** Sets whether queries, keys and values have a bias. */
    public VitConfigBuilder qkvBias(boolean value) {
        qkvBias = value;
        return this;
    }

    /** Sets what LayerNorm adds to the variance. */
    public VitConfigBuilder layerNormEpsilon(float value) {
        layerNormEpsilon = value;
        return this;
    }

    /** Sets what the head reads. */
    public VitConfigBuilder pooling(Pooling value) {
        pooling = value;
        return this;
    }

    /** Sets the activation of the MLPs. */
    public VitConfigBuilder activation(Activation value) {
        activation = value;
        return this;
    }

    /** Sets whether the tokens are normalised before the first block. */
    public VitConfigBuilder preNorm(boolean value) {
        preNorm = value;
        return this;
    }

    /** Sets the length of projected features; 0 for none. */
    public VitConfigBuilder projectionWidth(int value) {
        projectionWidth = value;
        return this;
    }

    /** Sets the length of the representation layer before the classifier; 0 for none. */
    public VitConfigBuilder representationWidth(int value) {
        representationWidth = value;
        return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws IllegalArgumentException naming the first value that is missing or out of range
     */
    public VitConfig build() {
        return new VitConfig(
                imageSize,
                patchSize,
                channels,
                width,
                depth,
                heads,
                mlpWidth == 0 ? MLP_RATIO * width : mlpWidth,
                prefixTokens,
                classes,
                qkvBias,
                layerNormEpsilon,
                pooling,
                activation,
                preNorm,
                projectionWidth,
                representationWidth);
    }
}
