package glimpse.convert.naming;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.SourceTensor;
import glimpse.convert.source.TensorSource;
import glimpse.engine.Pooling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A checkpoint with its naming: the tensors by the naming's names, without a common prefix.
 *
 * @param naming the publisher's names
 * @param tensors the tensors by those names; each keeps its name in the source
 */
public record ModelSource(TensorNaming naming, Map<String, SourceTensor> tensors) {

    /**
     * Recognises the naming by its patch embedding and its mark; if there is no mark, by the patch embedding alone, so
     * that a later message says what is missing.
     *
     * @throws ConvertException naming what makes the checkpoint an unsupported architecture, as far as that is known
     */
    public static ModelSource recognise(TensorSource source) throws ConvertException {
        Optional<String> refused =
                UnsupportedArchitecture.reason(source.tensors().keySet());
        if (refused.isPresent()) {
            throw new ConvertException(
                    source.name() + ": not a plain Vision Transformer but a model with " + refused.get());
        }
        List<Candidate> candidates = new ArrayList<>();
        for (TensorNaming naming : TensorNamings.ALL) {
            for (String name : source.tensors().keySet()) {
                if (name.equals(naming.patchEmbedding()) || name.endsWith("." + naming.patchEmbedding())) {
                    String beginning = name.substring(
                            0, name.length() - naming.patchEmbedding().length());
                    candidates.add(new Candidate(naming, beginning));
                }
            }
        }
        Optional<String> text = source.tensors().keySet().stream()
                .filter(name -> name.endsWith("token_embedding.weight") || name.endsWith("word_embeddings.weight"))
                .findFirst();
        if (candidates.isEmpty() && text.isPresent()) {
            throw new ConvertException(source.name() + ": a text model, as tensor " + text.get()
                    + " shows; expected a Vision Transformer");
        }
        if (candidates.isEmpty()) {
            throw new ConvertException(source.name()
                    + ": not a Vision Transformer of timm or Hugging Face: no patch embedding among its "
                    + source.tensors().size() + " tensors");
        }
        Candidate chosen = candidates.stream()
                .filter(candidate -> candidate.isMarked(source.tensors()))
                .findFirst()
                .orElse(candidates.getFirst());
        return new ModelSource(chosen.naming(), without(chosen.beginning(), source.tensors()));
    }

    /**
     * A naming that a checkpoint may have.
     *
     * @param beginning the prefix that its names have before those of the naming
     */
    private record Candidate(TensorNaming naming, String beginning) {
        /** Returns whether the naming's mark is among the names {@link #without} the prefix. */
        boolean isMarked(Map<String, SourceTensor> tensors) {
            String mark = naming.mark();
            return tensors.containsKey(mark)
                    ? canonical(beginning, mark, tensors).equals(mark)
                    : tensors.containsKey(beginning + mark);
        }
    }

    /** Returns the tensor of this name, which must be present. */
    SourceTensor tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    /**
     * Returns what the classifier reads; a model without a class token averages its tokens unless a tensor says
     * otherwise.
     */
    Pooling pooling() {
        Optional<TensorNaming.OtherPooling> other = otherPooling();
        if (other.isPresent()) {
            return other.get().pooling();
        }
        boolean classToken = !naming.prefixTokens().isEmpty()
                && tensors.containsKey(naming.prefixTokens().getFirst());
        return classToken ? Pooling.CLASS_TOKEN : Pooling.MEAN_OF_NORMALISED_PATCHES;
    }

    /** Returns a block's tensors by canonical part, with {@code {n}} for the block's number. */
    Map<String, Recipe> block() {
        Map<String, Recipe> block = new LinkedHashMap<>(naming.block());
        naming.mlps().stream()
                .filter(mlp -> tensors.containsKey(mlp.marker()))
                .findFirst()
                .ifPresent(mlp -> block.putAll(mlp.block()));
        return block;
    }

    private Optional<TensorNaming.OtherPooling> otherPooling() {
        return naming.poolings().stream()
                .filter(pooling -> tensors.containsKey(pooling.marker()))
                .findFirst();
    }

    /** Returns what follows the blocks by canonical name, including parts that only some models have. */
    Map<String, Recipe> tail() {
        Map<String, Recipe> tail = new LinkedHashMap<>(naming.tail());
        otherPooling().ifPresent(pooling -> tail.putAll(pooling.tail()));
        return tail;
    }

    /** Returns whether tokens are normalised before the first block. */
    boolean hasPreNorm() {
        return tensors.containsKey(naming.preNorm().weight());
    }

    /** Returns the prefix tokens that this model has, in their order. */
    List<String> presentTokens() {
        return naming.prefixTokens().stream().filter(tensors::containsKey).toList();
    }

    /** Returns the number of tokens in a tensor of tokens. */
    int tokenRows(String token, int width) {
        return (int) Math.min(tensor(token).elements() / width, Integer.MAX_VALUE);
    }

    private static Map<String, SourceTensor> without(String beginning, Map<String, SourceTensor> tensors) {
        Map<String, SourceTensor> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(canonical(beginning, name, tensors), tensor));
        return Collections.unmodifiableMap(named);
    }

    /** Returns a name without the prefix, unless another tensor has that name. */
    private static String canonical(String beginning, String name, Map<String, SourceTensor> tensors) {
        String rest = name.startsWith(beginning) ? name.substring(beginning.length()) : name;
        return tensors.containsKey(rest) ? name : rest;
    }
}
