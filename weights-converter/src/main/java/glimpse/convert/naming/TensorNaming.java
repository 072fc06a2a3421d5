package glimpse.convert.naming;

import glimpse.engine.Activation;
import glimpse.engine.Pooling;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What one publisher calls the tensors of a Vision Transformer. Names are those after the common beginning that a
 * checkpoint may have ({@code vit.}, {@code module.}). Immutable.
 *
 * @param name what the naming is called in messages
 * @param mark a tensor that tells the naming from others with the same patch embedding
 * @param patchEmbedding the patch embedding's convolution, by which the naming is recognised
 * @param patchEmbeddingBias its bias
 * @param prefixTokens tokens before the patches, in their order; those that are there belong to the model
 * @param positions the position table
 * @param block a block's tensors by canonical part, with {@code {n}} for the block's number
 * @param layerScale by canonical part, the factors of a layer's outputs, where a model has them
 * @param tail all that comes after the blocks, by canonical name
 * @param mlps other tensors that a block's MLP may have, each kind known by one of the first block's
 * @param poolings other ways to a classifier than by the class token, each known by a tensor; the first that is there
 *     counts
 * @param ignored names of tensors that the model doesn't need: buffers, heads of other tasks
 * @param preNorm what only some of its models have
 * @param layerNormEpsilon the publisher's default
 * @param activation the publisher's default
 */
public record TensorNaming(
        String name,
        String mark,
        String patchEmbedding,
        String patchEmbeddingBias,
        List<String> prefixTokens,
        String positions,
        Map<String, Recipe> block,
        Map<String, Recipe> layerScale,
        Map<String, Recipe> tail,
        List<OtherMlp> mlps,
        List<OtherPooling> poolings,
        Pattern ignored,
        PreNorm preNorm,
        float layerNormEpsilon,
        Activation activation) {

    /**
     * A norm of the tokens before the first block.
     *
     * @param weight by this tensor a model that has it is known
     * @param layerNormEpsilon the default of such models
     */
    record PreNorm(String weight, String bias, float layerNormEpsilon) {}

    /**
     * An MLP by other names.
     *
     * @param marker the tensor that only such models have
     * @param block what is different in a block
     */
    record OtherMlp(String marker, Map<String, Recipe> block) {}

    /**
     * A way to a classifier other than by the class token.
     *
     * @param marker the tensor that only such models have
     * @param pooling what the classifier looks at
     * @param tail what comes after the blocks instead, or in addition
     */
    record OtherPooling(String marker, Pooling pooling, Map<String, Recipe> tail) {}
}
