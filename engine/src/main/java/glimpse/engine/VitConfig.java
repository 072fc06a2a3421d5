package glimpse.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The architecture of a Vision Transformer: sizes, and as data what tells one family from another.
 *
 * @param imageSize side of the square input in pixels, a multiple of {@code patchSize}
 * @param patchSize side of a square patch in pixels
 * @param channels image channels: 1 (grey) or 3 (RGB)
 * @param width length of a token
 * @param depth number of encoder blocks
 * @param heads attention heads; divides {@code width}
 * @param mlpWidth hidden length of a block's MLP: columns of its second layer
 * @param prefixTokens tokens before the patches: the class token, and others that a family adds
 * @param classes number of classes; 0 for an encoder, a model without a classifier, whose answer are features
 * @param qkvBias whether queries, keys and values have a bias
 * @param layerNormEpsilon what LayerNorm adds to the variance
 * @param pooling what the classifier looks at
 * @param activation what stands in the MLPs
 * @param preNorm whether the tokens are normalised before the first block, as in CLIP
 * @param projectionWidth length of an encoder's features after a last linear layer, into the space that it shares with
 *     texts; 0 where there is none
 * @param representationWidth length of what a linear layer and tanh make of what was pooled, before the classifier
 *     (arXiv 2010.11929, section 3.1); 0 where there is none
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

    /** Checks the ranges; an {@link IllegalArgumentException} names the first value that is out of its own. */
    public VitConfig {
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

    /** A model whose classifier looks at the class token. */
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

    /** Patches along one side of the image. */
    public int grid() {
        return imageSize / patchSize;
    }

    /** Patches of the whole image. */
    public int patches() {
        return grid() * grid();
    }

    /** Values of one patch: channels x patchSize x patchSize. */
    public int patchLength() {
        return channels * patchSize * patchSize;
    }

    /** Length of one head's query, key or value. */
    public int headWidth() {
        return width / heads;
    }

    /** Rows of the MLP's first layer. */
    public int mlpRows() {
        return activation == Activation.SWIGLU ? 2 * mlpWidth : mlpWidth;
    }

    /** Length of what is pooled from an image's tokens. */
    public int pooledWidth() {
        return pooling == Pooling.CLASS_TOKEN_AND_MEAN ? 2 * width : width;
    }

    /** Length of what a classifier or projection looks at. */
    public int headInputs() {
        return representationWidth > 0 ? representationWidth : pooledWidth();
    }

    /** Length of an image's features. */
    public int featureWidth() {
        return projectionWidth > 0 ? projectionWidth : headInputs();
    }

    /** Patches that a sequence must have: 1 where patches are averaged or there are no other tokens, otherwise 0. */
    public int fewestPatches() {
        boolean averages = switch (pooling) {
            case CLASS_TOKEN, CLASS_AND_DISTILLATION_TOKEN, ATTENTION -> false;
            case MEAN_OF_PATCHES, MEAN_OF_NORMALISED_PATCHES, CLASS_TOKEN_AND_MEAN -> true;
        };
        return averages || prefixTokens == 0 ? 1 : 0;
    }

    /** Whether the first token is a class token. Of a model that averages its patches, a single token before them is. */
    public boolean hasClassToken() {
        return switch (pooling) {
            case CLASS_TOKEN, CLASS_AND_DISTILLATION_TOKEN, CLASS_TOKEN_AND_MEAN -> true;
            case MEAN_OF_PATCHES, MEAN_OF_NORMALISED_PATCHES -> prefixTokens == 1;
            case ATTENTION -> false;
        };
    }

    /** Whether there is a row of attention that stands for the image: the class token's, or attention pooling's. */
    public boolean hasClassRow() {
        return hasClassToken() || pooling == Pooling.ATTENTION;
    }

    /**
     * Returns the tensors of a converted file: the shapes by name ({@link glimpse.engine.weights.TensorNames}), in the order
     * of the forward pass. Unmodifiable.
     */
    public Map<String, List<Long>> tensorShapes() {
        return ModelTensors.shapes(this);
    }

    /** Number of parameters of the whole model. */
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
     * Multiply-adds of a forward pass, as arXiv 2404.07217 counts them: every token through every block, the patch
     * embedding, the pooling and the head.
     *
     * @param keptPatches patches in the sequence, 0..{@link #patches()}
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

    /** Adds this configuration to the metadata of a converted file, under keys that begin with {@code glimpse.}. */
    public void writeTo(Map<String, String> metadata) {
        Objects.requireNonNull(metadata);
        ConfigMetadata.write(this, metadata);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException naming the key that is missing or unusable
     */
    public static VitConfig readFrom(Map<String, String> metadata) {
        return ConfigMetadata.read(metadata);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
