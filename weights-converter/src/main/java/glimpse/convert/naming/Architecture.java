package glimpse.convert.naming;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.SourceTensor;
import glimpse.engine.Activation;
import glimpse.engine.Pooling;
import glimpse.engine.VitConfig;
import glimpse.engine.weights.TensorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Infers an architecture from the shapes of a checkpoint's tensors; what they don't determine (the number of heads,
 * LayerNorm's epsilon) comes from the configuration beside it or is set by convention.
 */
final class Architecture {
    private static final int USUAL_HEAD_WIDTH = 64;
    /** Published widths whose heads aren't 64 wide: ViT-H, ViT-g, SoViT-400m, ViT-G. */
    private static final Map<Integer, Integer> HEADS_BY_WIDTH = Map.of(1280, 16, 1408, 16, 1152, 16, 1664, 16);

    /** SigLIP's giant model has 16 heads as well; DINOv2's of the same width has heads of the usual width. */
    private static final int SIGLIP_GIANT_WIDTH = 1536;

    private static final int SIGLIP_GIANT_HEADS = 16;
    /** The SigLIP models of timm 1.0.31 that use the tanh approximation; its others use the exact GELU. */
    private static final String TIMM_TANH_GELU =
            "vit_(base_patch32|large_patch16(?=.*_512)|so400m_patch16|giantopt_patch16)_siglip_.*";

    private final ModelSource source;
    private final String file;
    private final HubConfig hub;

    private Architecture(ModelSource source, String file, HubConfig hub) {
        this.source = source;
        this.file = file;
        this.hub = hub;
    }

    /**
     * Infers the configuration.
     *
     * @param given what the caller says
     * @throws ConvertException naming the tensor or key that is missing or contradicts another
     */
    static VitConfig infer(ModelSource source, String file, HubConfig hub, CanonicalModel.Given given)
            throws ConvertException {
        return new Architecture(source, file, hub.vision()).config(given);
    }

    private VitConfig config(CanonicalModel.Given given) throws ConvertException {
        TensorNaming naming = source.naming();
        List<Long> patch = shape(naming.patchEmbedding(), 4);
        if (!patch.get(2).equals(patch.get(3))) {
            throw new ConvertException(
                    file + ": patches of " + patch.get(2) + " x " + patch.get(3) + " pixels, expected square ones");
        }
        int width = size(patch.get(0), naming.patchEmbedding());
        int patchSize = size(patch.get(2), naming.patchEmbedding());
        int prefixTokens = 0;
        for (String token : source.presentTokens()) {
            prefixTokens += source.tokenRows(token, width);
        }
        int mlpRows = matrix(blockRecipe(TensorNames.FC1_WEIGHT, 0)).getFirst().intValue();
        int mlpColumns =
                matrix(blockRecipe(TensorNames.FC2_WEIGHT, 0)).getLast().intValue();
        boolean gated = mlpRows == 2 * mlpColumns;
        int mlpWidth = gated ? mlpColumns : mlpRows;
        int depth = depth();
        boolean projects = projects();
        int grid = grid(prefixTokens);
        int heads = heads(given.heads(), width);
        if (gated && given.activation().isPresent()) {
            throw new ConvertException(file + ": option activation doesn't apply: the MLPs have a gate (SwiGLU), as "
                    + leadName(blockRecipe(TensorNames.FC1_WEIGHT, 0)) + " shows");
        }
        agree("width", width, "hidden_size", "num_features");
        agree("depth", depth, "num_hidden_layers");
        agree("MLP width", mlpWidth, "intermediate_size");
        agree("patch size", patchSize, "patch_size");
        agree("image size", grid * patchSize, "image_size");
        try {
            return new VitConfig(
                    given.imageSize().orElse(grid * patchSize),
                    patchSize,
                    size(patch.get(1), naming.patchEmbedding()),
                    width,
                    depth,
                    heads,
                    mlpWidth,
                    prefixTokens,
                    projects ? 0 : tailRows(TensorNames.HEAD_WEIGHT),
                    source.tensors().containsKey(leadName(blockRecipe(TensorNames.QKV_BIAS, 0))),
                    (float) hub.number("layer_norm_eps").orElse(usualEpsilon()),
                    source.pooling(),
                    gated ? Activation.SWIGLU : activation(given.activation()),
                    source.hasPreNorm(),
                    projects ? tailRows(TensorNames.FEATURE_PROJECTION_WEIGHT) : 0,
                    tailRows(TensorNames.REPRESENTATION_WEIGHT));
        } catch (IllegalArgumentException e) {
            throw new ConvertException(file + ": not a model the engine can run: " + e.getMessage(), e);
        }
    }

    /** Returns the patches along a side, from the position table's rows without those of prefix tokens. */
    private int grid(int prefixTokens) throws ConvertException {
        List<Long> shape = require(source.naming().positions()).shape();
        long rows = shape.size() < 2 ? 0 : shape.get(shape.size() - 2);
        OptionalInt positioned = PositionTable.positionedPrefixTokens(rows, prefixTokens);
        if (positioned.isEmpty()) {
            throw new ConvertException(
                    file + ": position table " + source.naming().positions() + " has shape " + shape
                            + ", expected a row for each patch of a square and for each of " + prefixTokens
                            + " prefix tokens");
        }
        return PositionTable.root(rows - positioned.getAsInt());
    }

    private int heads(OptionalInt given, int width) throws ConvertException {
        OptionalInt configured = hub.integer("num_attention_heads", "model_args.num_heads");
        if (given.isPresent() || configured.isPresent()) {
            int heads = given.isPresent() ? given.getAsInt() : configured.getAsInt();
            if (heads < 1 || width % heads != 0) {
                throw new ConvertException(file + ": " + heads + " heads ("
                        + (given.isPresent() ? "option heads" : hub.name()) + ") don't divide the width " + width);
            }
            return heads;
        }
        boolean siglip =
                source.pooling() == Pooling.ATTENTION || source.pooling() == Pooling.MEAN_OF_NORMALISED_PATCHES;
        if (siglip && width == SIGLIP_GIANT_WIDTH) {
            return SIGLIP_GIANT_HEADS;
        }
        if (HEADS_BY_WIDTH.containsKey(width)) {
            return HEADS_BY_WIDTH.get(width);
        }
        if (width % USUAL_HEAD_WIDTH != 0) {
            throw new ConvertException(file + ": the number of heads can't be inferred from the tensors (width " + width
                    + " is not a multiple of the usual head width " + USUAL_HEAD_WIDTH + "): set the option heads");
        }
        return width / USUAL_HEAD_WIDTH;
    }

    /** Counts the blocks by their first norm; a gap in the numbering is an error. */
    private int depth() throws ConvertException {
        String[] around = leadName(part(TensorNames.NORM1_WEIGHT)).split("\\{n\\}", 2);
        Set<Integer> numbers = new TreeSet<>();
        for (String name : source.tensors().keySet()) {
            boolean hasNumber = name.length() > around[0].length() + around[1].length();
            if (hasNumber && name.startsWith(around[0]) && name.endsWith(around[1])) {
                String number = name.substring(around[0].length(), name.length() - around[1].length());
                if (number.matches("\\d{1,4}")) {
                    numbers.add(Integer.parseInt(number));
                }
            }
        }
        int depth = 0;
        for (int number : numbers) {
            if (number != depth) {
                throw new ConvertException(
                        file + ": block " + depth + " is missing, though there is a block " + number);
            }
            depth++;
        }
        if (depth == 0) {
            throw new ConvertException(
                    file + ": no encoder block: tensor " + around[0] + "0" + around[1] + " is missing");
        }
        return depth;
    }

    private float usualEpsilon() {
        TensorNaming naming = source.naming();
        return source.hasPreNorm() ? naming.preNorm().layerNormEpsilon() : naming.layerNormEpsilon();
    }

    /**
     * Returns whether the last linear layer projects to the space shared with texts instead of classifying. timm calls
     * both of them head; the weights' tag then distinguishes CLIP models that were fine-tuned to classify.
     */
    private boolean projects() throws ConvertException {
        Map<String, Recipe> tail = source.tail();
        Recipe projection = tail.get(TensorNames.FEATURE_PROJECTION_WEIGHT);
        if (projection == null || !source.tensors().containsKey(leadName(projection))) {
            return false;
        }
        Recipe head = tail.get(TensorNames.HEAD_WEIGHT);
        if (head == null || !leadName(head).equals(leadName(projection))) {
            return true;
        }
        String tag = hub.text("pretrained_cfg.tag").orElse("");
        return architecture().contains("_clip_") && !tag.isEmpty() && !tag.contains("ft_");
    }

    /** Returns timm's name of the architecture, which sometimes says what the tensors don't. */
    private String architecture() {
        return hub.text("architecture").orElse("");
    }

    private Activation activation(Optional<Activation> given) throws ConvertException {
        if (given.isPresent()) {
            return given.get();
        }
        if (architecture().contains("quickgelu")) {
            return Activation.QUICK_GELU;
        }
        if (architecture().matches(TIMM_TANH_GELU)) {
            return Activation.TANH_GELU;
        }
        Optional<String> named = hub.text("hidden_act", "model_args.act_layer");
        if (named.isEmpty()) {
            return source.naming().activation();
        }
        return switch (named.get()) {
            case "gelu" -> Activation.GELU;
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "gelu_tanh", "gelu_pytorch_tanh", "gelu_new" -> Activation.TANH_GELU;
            default ->
                throw new ConvertException(hub.name() + ": activation " + Excerpt.of(named.get())
                        + " is not supported, expected gelu, quick_gelu or gelu_tanh");
        };
    }

    private void agree(String what, int inferred, String... keys) throws ConvertException {
        OptionalInt configured = hub.integer(keys);
        if (configured.isPresent() && configured.getAsInt() != inferred) {
            throw new ConvertException(hub.name() + ": " + what + " is " + configured.getAsInt()
                    + ", but the tensors of " + file + " have " + inferred);
        }
    }

    private Recipe blockRecipe(String part, int block) {
        return part(part).ofBlock(block);
    }

    private Recipe part(String part) {
        return Objects.requireNonNull(source.block().get(part), part);
    }

    /** Returns the rows of a matrix after the blocks, or 0 if the model doesn't have it. */
    private int tailRows(String name) throws ConvertException {
        Recipe recipe = source.tail().get(name);
        if (recipe == null || !source.tensors().containsKey(leadName(recipe))) {
            return 0;
        }
        return matrix(recipe).getFirst().intValue();
    }

    /** Returns the shape of a matrix, all of whose tensors must be present. */
    private List<Long> matrix(Recipe recipe) throws ConvertException {
        for (String name : names(recipe)) {
            shape(name, 2);
        }
        List<Long> shape = recipe.shape(source.tensors());
        if (shape.size() != 2) {
            throw new ConvertException(file + ": tensors " + String.join(", ", names(recipe)) + " have shapes "
                    + names(recipe).stream()
                            .map(name -> source.tensor(name).shape())
                            .toList() + ", which don't fit together");
        }
        for (long dimension : shape) {
            size(dimension, leadName(recipe));
        }
        return shape;
    }

    /** Returns the first tensor that a recipe reads. */
    private static String leadName(Recipe recipe) {
        return names(recipe).getFirst();
    }

    private static List<String> names(Recipe recipe) {
        List<String> names = new ArrayList<>();
        Consumer<String> collect = names::add;
        recipe.names(collect);
        return names;
    }

    private List<Long> shape(String tensor, int dimensions) throws ConvertException {
        List<Long> shape = require(tensor).shape();
        if (shape.size() != dimensions) {
            throw new ConvertException(
                    file + ": tensor " + tensor + " has shape " + shape + ", expected " + dimensions + " dimensions");
        }
        return shape;
    }

    private SourceTensor require(String tensor) throws ConvertException {
        SourceTensor found = source.tensors().get(tensor);
        if (found == null) {
            String known = tensor.equals(source.naming().positions())
                    ? "; models with rotary or relative positions are not supported"
                    : "";
            throw new ConvertException(file + ": tensor " + tensor + ", which a model of "
                    + source.naming().name() + " has, is missing" + known);
        }
        return found;
    }

    private int size(long dimension, String tensor) throws ConvertException {
        if (dimension < 1 || dimension > 1 << 24) {
            throw new ConvertException(
                    file + ": tensor " + tensor + " has a dimension of " + dimension + ", expected 1..16777216");
        }
        return (int) dimension;
    }
}
