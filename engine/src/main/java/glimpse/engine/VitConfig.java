package glimpse.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The architecture of a Vision Transformer: sizes, and as data what distinguishes one family from another. Immutable.
 *
 * @param imageSize side of the square input in pixels, a multiple of {@code patchSize}, up to 16384
 * @param patchSize side of a square patch in pixels, 1..1024
 * @param channels image channels: 1 (grey) or 3 (RGB)
 * @param width length of a token, 1..65536
 * @param depth number of encoder blocks, 1..1024
 * @param heads number of attention heads, a divisor of {@code width}
 * @param mlpWidth hidden length of a block's MLP, 1..1048576: columns of its second layer
 * @param prefixTokens tokens before the patches, 0..64: the class token and others that a family adds
 * @param classes number of classes; 0 for an encoder, a model without a classifier that gives features alone
 * @param qkvBias whether queries, keys and values have a bias
 * @param layerNormEpsilon constant that LayerNorm adds to the variance, above 0 and below 1
 * @param pooling what the head reads
 * @param activation function between the layers of the MLPs
 * @param preNorm whether a LayerNorm precedes the first block, as in CLIP
 * @param projectionWidth length of an encoder's features after a last linear layer into the space that it shares with
 *     texts; 0 without one
 * @param representationWidth length of the representation: a linear layer and tanh between pooling and classifier
 *     (arXiv 2010.11929, section 3.1); 0 without one
 */
public record VitConfig(
        int imageSize,
        int patchSize,
        int channels,
        int width,
        int depth,
        int heads,
        int mlpWidth,
        int prefixTokens,
        int classes,
        boolean qkvBias,
        float layerNormEpsilon,
        Pooling pooling,
        Activation activation,
        boolean preNorm,
        int projectionWidth,
        int representationWidth) {

    /** Checks the ranges; an {@link IllegalArgumentException} names the first value that is out of range. */
    public VitConfig {
        Objects.requireNonNull(pooling, "pooling");
        Objects.requireNonNull(activation, "activation");
        require(patchSize >= 1 && patchSize <= 1024, "patchSize", patchSize, "1..1024");
        require(
                imageSize >= patchSize && imageSize <= 16384 && imageSize % patchSize == 0,
                "imageSize",
                imageSize,
                "a multiple of patchSize " + patchSize + ", up to 16384");
        require(channels == 1 || channels == 3, "channels", channels, "1 or 3");
        require(width >= 1 && width <= 65536, "width", width, "1..65536");
        require(depth >= 1 && depth <= 1024, "depth", depth, "1..1024");
        require(heads >= 1 && width % heads == 0, "heads", heads, "a divisor of width " + width);
        require(mlpWidth >= 1 && mlpWidth <= 1 << 20, "mlpWidth", mlpWidth, "1..1048576");
        int fewest = switch (pooling) {
            case CLASS_TOKEN, CLASS_TOKEN_AND_MEAN -> 1;
            case CLASS_AND_DISTILLATION_TOKEN -> 2;
            case MEAN_OF_PATCHES, MEAN_OF_NORMALISED_PATCHES, ATTENTION -> 0;
        };
        int most = pooling == Pooling.ATTENTION ? 0 : 64;
        require(
                prefixTokens >= fewest && prefixTokens <= most,
                "prefixTokens",
                prefixTokens,
                most == 0 ? "0 in a model with attention pooling" : fewest + ".." + most);
        int fewestClasses = pooling == Pooling.CLASS_AND_DISTILLATION_TOKEN ? 1 : 0;
        require(classes >= fewestClasses && classes <= 1 << 24, "classes", classes, fewestClasses + "..16777216");
        require(
                layerNormEpsilon > 0 && layerNormEpsilon < 1,
                "layerNormEpsilon",
                layerNormEpsilon,
                "above 0 and below 1");
        boolean gatedPooling = pooling == Pooling.ATTENTION && activation == Activation.SWIGLU;
        require(!gatedPooling, "activation", activation, "another one in a model with attention pooling");
        int widest = classes == 0 ? 65536 : 0;
        require(
                projectionWidth >= 0 && projectionWidth <= widest,
                "projectionWidth",
                projectionWidth,
                classes == 0 ? "0..65536" : "0 in a model with a classifier");
        boolean twoTokens = pooling == Pooling.CLASS_AND_DISTILLATION_TOKEN;
        require(
                representationWidth >= 0 && representationWidth <= (twoTokens ? 0 : 65536),
                "representationWidth",
                representationWidth,
                twoTokens ? "0 in a model with a distillation token" : "0..65536");
    }

    /** Creates a model whose classifier reads the class token, with the exact GELU; see {@link #builder()}. */
    public VitConfig(
            int imageSize,
            int patchSize,
            int channels,
            int width,
            int depth,
            int heads,
            int mlpWidth,
            int prefixTokens,
            int classes,
            boolean qkvBias,
            float layerNormEpsilon) {
        this(
                imageSize,
                patchSize,
                channels,
                width,
                depth,
                heads,
                mlpWidth,
                prefixTokens,
                classes,
                qkvBias,
                layerNormEpsilon,
                Pooling.CLASS_TOKEN,
                Activation.GELU,
                false,
                0,
                0);
    }

    /** Returns a builder, whose defaults are those of DeiT. */
    public static VitConfigBuilder builder() {
        return new VitConfigBuilder();
    }

    /** Returns the number of patches along one side of the image. */
    public int grid() {
        return imageSize / patchSize;
    }

    /** Returns the number of patches of the whole image. */
    public int patches() {
        return grid() * grid();
    }

    /** Returns the number of values of one patch: channels x patchSize x patchSize. */
    public int patchLength() {
        return channels * patchSize * patchSize;
    }

    /** Returns the length of one head's query, key or value. */
    public int headWidth() {
        return width / heads;
    }

    /** Returns the number of rows of the MLP's first layer: twice {@link #mlpWidth} with a gate. */
    public int mlpRows() {
        return activation == Activation.SWIGLU ? 2 * mlpWidth : mlpWidth;
    }

    /** Returns the length of the vector that is pooled from an image's tokens. */
    public int pooledWidth() {
        return pooling == Pooling.CLASS_TOKEN_AND_MEAN ? 2 * width : width;
    }

    /** Returns the length of the input of the classifier or projection. */
    public int headInputs() {
        return representationWidth > 0 ? representationWidth : pooledWidth();
    }

    /** Returns the length of an image's features. */
    public int featureWidth() {
        return projectionWidth > 0 ? projectionWidth : headInputs();
    }

    /**
     * Returns the least number of patches in a sequence: 1 where patches are averaged or are the only tokens, otherwise
     * 0.
     */
    public int fewestPatches() {
        boolean averages = switch (pooling) {
            case CLASS_TOKEN, CLASS_AND_DISTILLATION_TOKEN, ATTENTION -> false;
            case MEAN_OF_PATCHES, MEAN_OF_NORMALISED_PATCHES, CLASS_TOKEN_AND_MEAN -> true;
        };
        return averages || prefixTokens == 0 ? 1 : 0;
    }

    /**
     * Returns whether the first token is a class token. In a model that averages its patches, a single prefix token is
     * one.
     */
    public boolean hasClassToken() {
        return switch (pooling) {
            case CLASS_TOKEN, CLASS_AND_DISTILLATION_TOKEN, CLASS_TOKEN_AND_MEAN -> true;
            case MEAN_OF_PATCHES, MEAN_OF_NORMALISED_PATCHES -> prefixTokens == 1;
            case ATTENTION -> false;
        };
    }

    /** Returns whether one query reads the image out: the class token's in the last layer, or attention pooling's. */
    public boolean hasReadoutRow() {
        return hasClassToken() || pooling == Pooling.ATTENTION;
    }

    /** Returns the number of parameters of the whole model. */
    public long parameters() {
        long d = width;
        long mlp = mlpRows() * (d + 1) + mlpWidth * d + d;
        long block = 4 * d + 3 * d * d + (qkvBias ? 3 * d : 0) + d * d + d + mlp;
        long pool = pooling == Pooling.ATTENTION ? d + 3 * (d * d + d) + d * d + d + 2 * d + mlp : 0;
        return patchLength() * d
                + d
                + (prefixTokens + patches()) * d
                + prefixTokens * d
                + depth * block
                + (preNorm ? 4 : 2) * d
                + pool
                + (long) representationWidth * (pooledWidth() + 1)
                + classifiers() * ((long) classes * headInputs() + classes)
                + (long) projectionWidth * (headInputs() + 1);
    }

    /**
     * Returns the multiply-adds of a forward pass, as arXiv 2404.07217 counts them: every token through every block,
     * the patch embedding, the pooling and the head.
     *
     * @param keptPatches number of patches in the sequence, 0..{@link #patches()}
     */
    public long multiplyAdds(int keptPatches) {
        long t = (long) keptPatches + prefixTokens;
        long d = width;
        long mlp = d * (mlpRows() + mlpWidth);
        long block = t * (4 * d * d + mlp) + 2 * t * t * d;
        long pool = pooling == Pooling.ATTENTION ? 2 * t * (d * d + d) + 2 * d * d + mlp : 0;
        long head =
                (classifiers() * classes + projectionWidth) * headInputs() + (long) representationWidth * pooledWidth();
        return depth * block + (long) keptPatches * patchLength() * d + pool + head;
    }

    private long classifiers() {
        return pooling == Pooling.CLASS_AND_DISTILLATION_TOKEN ? 2 : 1;
    }

    /**
     * Returns the shapes of the model's tensors by their names in a converted file, in the order of the forward pass.
     *
     * @return unmodifiable
     */
    public Map<String, List<Long>> tensorShapes() {
        return ModelTensors.shapes(this);
    }

    /** Adds this configuration to the metadata of a converted file, under keys that begin with {@code glimpse.}. */
    public void writeTo(Map<String, String> metadata) {
        Objects.requireNonNull(metadata, "metadata");
        ConfigMetadata.write(this, metadata);
    }

    /**
     * Reads a configuration that {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException naming the key that is missing or invalid
     */
    public static VitConfig readFrom(Map<String, String> metadata) {
        return ConfigMetadata.read(Objects.requireNonNull(metadata, "metadata"));
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
