package glimpse.convert.naming;

import glimpse.engine.Activation;
import glimpse.engine.Pooling;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A publisher's names for the tensors of a Vision Transformer, without a prefix that a checkpoint may have
 * ({@code vit.}, {@code module.}). Immutable.
 *
 * @param name name of the naming in messages
 * @param mark a tensor that distinguishes the naming from others with the same patch embedding
 * @param patchEmbedding the patch embedding's convolution, by which the naming is recognised
 * @param patchEmbeddingBias its bias
 * @param prefixTokens tensors of prefix tokens, in their order; a model may have any of them
 * @param positions the position table
 * @param block a block's tensors by canonical part, with {@code {n}} for the block's number
 * @param layerScale layer scale by canonical part, for models that have it
 * @param tail everything after the blocks, by canonical name
 * @param mlps alternative names of a block's MLP, each recognised by a tensor of the first block
 * @param poolings alternatives to pooling by the class token, each recognised by a tensor; the first that is present
 *     applies
 * @param ignored names of tensors that aren't needed: buffers, heads of other tasks
 * @param preNorm norm before the first block, which only some models have
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
     * @param weight tensor by which models with such a norm are recognised
     * @param layerNormEpsilon the default of such models
     */
    record PreNorm(String weight, String bias, float layerNormEpsilon) {}

    /**
     * Alternative names of an MLP.
     *
     * @param marker the tensor that only such models have
     * @param block recipes of a block that differ
     */
    record OtherMlp(String marker, Map<String, Recipe> block) {}

    /**
     * An alternative to pooling by the class token.
     *
     * @param marker the tensor that only such models have
     * @param pooling what the classifier reads
     * @param tail recipes after the blocks that differ or are added
     */
    record OtherPooling(String marker, Pooling pooling, Map<String, Recipe> tail) {}
}
