package glimpse.engine.weights;

/**
 * The names of a model's tensors in a converted file. Weights are {@code [out][in]}, row-major, as in PyTorch.
 *
 * <pre>
 * patch_embedding.weight      [width][channels * patch * patch], each row in the order [channel][row][column]
 * patch_embedding.bias        [width]
 * prefix_tokens               [prefix][width], optional; class token first; with their position embeddings added
 * position_embedding          [patches][width], the patches alone
 * pre_norm.weight             [width]              .bias [width], optional; normalises the tokens before the first block
 * blocks.N.norm1.weight       [width]              .bias [width]
 * blocks.N.qkv.weight         [3 * width][width]   .bias [3 * width], optional; rows of q, then k, then v, in each by
 *                                                        head
 * blocks.N.projection.weight  [width][width]       .bias [width]
 * blocks.N.norm2.weight       [width]              .bias [width]
 * blocks.N.fc1.weight         [mlp][width]         .bias [mlp]; twice as many rows if the MLP is gated
 * blocks.N.fc2.weight         [width][mlp]         .bias [width]
 * norm.weight                 [width]              .bias [width]
 * pooling.query               [1][width]           optional, as is all of pooling.*: attention pooling
 * pooling.qkv.weight          [3 * width][width]   .bias [3 * width]
 * pooling.projection.weight   [width][width]       .bias [width]
 * pooling.norm.weight         [width]              .bias [width]
 * pooling.fc1.weight          [mlp][width]         .bias [mlp]
 * pooling.fc2.weight          [width][mlp]         .bias [width]
 * representation.weight       [repr][pooled]       .bias [repr], optional; tanh follows
 * feature_projection.weight   [projection][inputs] .bias [projection], optional
 * head.weight                 [classes][inputs]    .bias [classes], optional; an encoder has none
 * distillation_head.weight    [classes][width]     .bias [classes], optional; the distillation token's classifier
 * </pre>
 *
 * {@code pooled} is the width, or twice the width if class token and mean are concatenated; {@code inputs} is
 * {@code repr} if there is a representation, otherwise {@code pooled}. N counts the blocks from 0.
 *
 * <p>A matrix {@code X.weight} may be stored as I8, -127..127; {@code X.weight.scale}, F32 {@code [out]}, then holds a
 * scale per row: a weight is the integer times its row's scale.
 */
public final class TensorNames {
    /** {@code [width][channels * patch * patch]}. */
    public static final String PATCH_EMBEDDING_WEIGHT = "patch_embedding.weight";
    /** {@code [width]}. */
    public static final String PATCH_EMBEDDING_BIAS = "patch_embedding.bias";
    /** {@code [prefix][width]}. */
    public static final String PREFIX_TOKENS = "prefix_tokens";
    /** {@code [patches][width]}. */
    public static final String POSITION_EMBEDDING = "position_embedding";
    /** {@code [width]}. */
    public static final String PRE_NORM_WEIGHT = "pre_norm.weight";
    /** {@code [width]}. */
    public static final String PRE_NORM_BIAS = "pre_norm.bias";
    /** {@code [width]}. */
    public static final String NORM_WEIGHT = "norm.weight";
    /** {@code [width]}. */
    public static final String NORM_BIAS = "norm.bias";
    /** {@code [1][width]}. */
    public static final String POOLING_QUERY = "pooling.query";
    /** Prefix of the pooling's other tensors; the rest of the name is as in a block. */
    private static final String POOLING = "pooling.";
    /** {@code [repr][pooled]}. */
    public static final String REPRESENTATION_WEIGHT = "representation.weight";
    /** {@code [repr]}. */
    public static final String REPRESENTATION_BIAS = "representation.bias";
    /** {@code [projection][inputs]}. */
    public static final String FEATURE_PROJECTION_WEIGHT = "feature_projection.weight";
    /** {@code [projection]}. */
    public static final String FEATURE_PROJECTION_BIAS = "feature_projection.bias";
    /** {@code [classes][inputs]}. */
    public static final String HEAD_WEIGHT = "head.weight";
    /** {@code [classes]}. */
    public static final String HEAD_BIAS = "head.bias";

    /** {@code [classes][width]}. */
    public static final String DISTILLATION_HEAD_WEIGHT = "distillation_head.weight";
    /** {@code [classes]}. */
    public static final String DISTILLATION_HEAD_BIAS = "distillation_head.bias";

    /** Parts of the names of a block's tensors, after {@code blocks.N.}. */
    public static final String NORM1_WEIGHT = "norm1.weight";

    public static final String NORM1_BIAS = "norm1.bias";
    public static final String QKV_WEIGHT = "qkv.weight";
    public static final String QKV_BIAS = "qkv.bias";
    public static final String PROJECTION_WEIGHT = "projection.weight";
    public static final String PROJECTION_BIAS = "projection.bias";
    public static final String NORM2_WEIGHT = "norm2.weight";
    public static final String NORM2_BIAS = "norm2.bias";
    public static final String FC1_WEIGHT = "fc1.weight";
    public static final String FC1_BIAS = "fc1.bias";
    public static final String FC2_WEIGHT = "fc2.weight";
    public static final String FC2_BIAS = "fc2.bias";

    /** Follows a matrix's name in the name of its scales. */
    public static final String SCALE_SUFFIX = ".scale";

    private TensorNames() {}

    /** Returns the name of the scales of a matrix that is stored as integers. */
    public static String scale(String matrix) {
        return matrix + SCALE_SUFFIX;
    }

    /**
     * Returns the name of a tensor of the attention pooling: {@code pooling.part}, the part being named as in a block.
     */
    public static String pooling(String part) {
        return POOLING + part;
    }

    /** Returns the name of a block's tensor: {@code blocks.N.part}. */
    public static String block(int block, String part) {
        return "blocks." + block + "." + part;
    }
}
