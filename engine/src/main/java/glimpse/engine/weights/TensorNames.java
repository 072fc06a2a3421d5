package glimpse.engine.weights;

/**
 * The names under which a converted file keeps a model's tensors. Weights are {@code [out][in]}, row-major, as PyTorch
 * stores them.
 *
 * <pre>
 * patch_embedding.weight      [width][channels * patch * patch], a patch in the order [channel][row][column]
 * patch_embedding.bias        [width]
 * prefix_tokens               [prefix][width], optional; the class token first; their position embeddings are already added
 * position_embedding          [patches][width], the patches alone
 * pre_norm.weight             [width]              .bias [width], optional; of the tokens before the first block
 * blocks.N.norm1.weight       [width]              .bias [width]
 * blocks.N.qkv.weight         [3 * width][width]   .bias [3 * width], optional; rows of q, then k, then v, in each by
 *                                                        head
 * blocks.N.projection.weight  [width][width]       .bias [width]
 * blocks.N.norm2.weight       [width]              .bias [width]
 * blocks.N.fc1.weight         [mlp][width]         .bias [mlp]; twice as many rows where a gate stands between
 * blocks.N.fc2.weight         [width][mlp]         .bias [width]
 * norm.weight                 [width]              .bias [width]
 * pooling.query               [1][width]           optional, as all that begins so: attention pooling
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
 * {@code pooled} is the width, or twice the width where the class token and the mean are joined; {@code inputs} is
 * {@code repr} where there is a representation, otherwise {@code pooled}. N counts the blocks from
 * 0.
 *
 * <p>A matrix called {@code X.weight} may be stored as I8, -127 to 127; then {@code X.weight.scale}, F32 {@code [out]},
 * holds each row's factor: the weight is the integer times its row's factor.
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
    /** What a name of the pooling's other tensors begins with; the rest is as in a block. */
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

    /** A block's tensors, by the part of the name after {@code blocks.N.}. */
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

    /** The name of the scales of a matrix stored as integers. */
    public static String scale(String matrix) {
        return matrix + SCALE_SUFFIX;
    }

    /** The name of a tensor of the attention pooling, called as a block's or as the norm: {@code pooling.part}. */
    public static String pooling(String part) {
        return POOLING + part;
    }

    /** The name of a block's tensor: {@code blocks.N.part}. */
    public static String block(int block, String part) {
        return "blocks." + block + "." + part;
    }
}
