package glimpse.convert.layout;

import glimpse.convert.source.ConvertException;
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
 * The architecture that a checkpoint's shapes tell, with what they don't tell (the number of heads, LayerNorm's epsilon)
 * from the configuration beside it or by convention.
 */
final class Architecture {
    private static final int USUAL_HEAD_WIDTH = 64;
    /** Published widths whose heads aren't 64 wide: ViT-H, ViT-g, SoViT-400m, ViT-G. */
    private static final Map<Integer, Integer> HEADS_BY_WIDTH = Map.of(1280, 16, 1408, 16, 1152, 16, 1664, 16);

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
     * @param given what the user said
     * @throws ConvertException naming the tensor or key that is missing or contradicts another
     */
    static VitConfig infer(ModelSource source, String file, HubConfig hub, CanonicalModel.Given given)
            throws ConvertException {
        return new Architecture(source, file, hub.vision()).config(given);
    }

    private VitConfig config(CanonicalModel.Given given) throws ConvertException {
        Layout layout = source.layout();
        List<Long> patch = shape(layout.patchEmbedding(), 4);
        if (!patch.get(2).equals(patch.get(3))) {
            throw new ConvertException(
                    file + ": patches of " + patch.get(2) + " x " + patch.get(3) + " pixels, expected square ones");
        }
        int width = size(patch.get(0), layout.patchEmbedding());
        int patchSize = size(patch.get(2), layout.patchEmbedding());
        int prefixTokens = 0;
        for (String token : source.presentTokens()) {
            prefixTokens += source.tokenRows(token, width);
        }
        int mlpWidth = rows(blockTensor(TensorNames.FC1_WEIGHT, 0));
        int depth = depth();
        String head = leadName(Objects.requireNonNull(source.tail().get(TensorNames.HEAD_WEIGHT)));
        int classes = source.tensors().containsKey(head) ? rows(head) : 0;
        int grid = grid(prefixTokens);
        int heads = heads(given.heads(), width);
        agree("width", width, "hidden_size", "num_features");
        agree("depth", depth, "num_hidden_layers");
        agree("MLP width", mlpWidth, "intermediate_size");
        agree("patch size", patchSize, "patch_size");
        agree("image size", grid * patchSize, "image_size");
        try {
            return new VitConfig(
                    given.imageSize().orElse(grid * patchSize),
                    patchSize,
                    size(patch.get(1), layout.patchEmbedding()),
                    width,
                    depth,
                    heads,
                    mlpWidth,
                    prefixTokens,
                    classes,
                    source.tensors().containsKey(blockTensor(TensorNames.QKV_BIAS, 0)),
                    (float) hub.number("layer_norm_eps").orElse(usualEpsilon()),
                    source.otherPooling().map(Layout.OtherPooling::pooling).orElse(Pooling.CLASS_TOKEN),
                    activation(),
                    source.hasPreNorm());
        } catch (IllegalArgumentException e) {
            throw new ConvertException(file + ": not a model the engine can run: " + e.getMessage(), e);
        }
    }

    /** Patches along a side, from the position table less the tokens before the patches. */
    private int grid(int prefixTokens) throws ConvertException {
        List<Long> shape = require(source.layout().positions()).shape();
        long rows = shape.size() < 2 ? 0 : shape.get(shape.size() - 2);
        OptionalInt positioned = PositionTable.positionedPrefixTokens(rows, prefixTokens);
        if (positioned.isEmpty()) {
            throw new ConvertException(
                    file + ": position table " + source.layout().positions() + " has shape " + shape
                            + ", expected a row for each patch of a square, and for each of " + prefixTokens
                            + " tokens before them");
        }
        return PositionTable.root(rows - positioned.getAsInt());
    }

    private int heads(OptionalInt given, int width) throws ConvertException {
        OptionalInt configured = hub.integer("num_attention_heads", "model_args.num_heads");
        if (given.isPresent() || configured.isPresent()) {
            int heads = given.isPresent() ? given.getAsInt() : configured.getAsInt();
            if (heads < 1 || width % heads != 0) {
                throw new ConvertException(file + ": " + heads + " heads ("
                        + (given.isPresent() ? "option --heads" : hub.name()) + ") don't divide the width " + width);
            }
            return heads;
        }
        if (HEADS_BY_WIDTH.containsKey(width)) {
            return HEADS_BY_WIDTH.get(width);
        }
        if (width % USUAL_HEAD_WIDTH != 0) {
            throw new ConvertException(file + ": the number of heads can't be told from the tensors (width " + width
                    + " is no multiple of the usual " + USUAL_HEAD_WIDTH + "): give it with --heads");
        }
        return width / USUAL_HEAD_WIDTH;
    }

    /** Blocks are counted by the norm each begins with; a gap in the numbers is an error. */
    private int depth() throws ConvertException {
        String[] around =
                leadName(source.layout().blockRecipe(TensorNames.NORM1_WEIGHT)).split("\\{n\\}", 2);
        Set<Integer> numbers = new TreeSet<>();
        for (String name : source.tensors().keySet()) {
            if (name.startsWith(around[0]) && name.endsWith(around[1])) {
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
        Layout layout = source.layout();
        return source.hasPreNorm() ? layout.preNorm().layerNormEpsilon() : layout.layerNormEpsilon();
    }

    /** timm names the variant of CLIP with the quick GELU in the architecture alone. */
    private Activation activation() throws ConvertException {
        if (hub.text("architecture").orElse("").contains("quickgelu")) {
            return Activation.QUICK_GELU;
        }
        Optional<String> named = hub.text("hidden_act", "model_args.act_layer");
        if (named.isEmpty()) {
            return source.layout().activation();
        }
        return switch (named.get()) {
            case "gelu" -> Activation.GELU;
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "gelu_tanh", "gelu_pytorch_tanh", "gelu_new" -> Activation.TANH_GELU;
            default ->
                throw new ConvertException(hub.name() + ": activation " + named.get()
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

    private String blockTensor(String part, int block) {
        return leadName(source.layout().blockRecipe(part).ofBlock(block));
    }

    /** The first tensor that a recipe reads. */
    private static String leadName(Recipe recipe) {
        List<String> names = new ArrayList<>();
        Consumer<String> collect = names::add;
        recipe.names(collect);
        return names.getFirst();
    }

    private int rows(String tensor) throws ConvertException {
        return size(shape(tensor, 2).getFirst(), tensor);
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
            throw new ConvertException(file + ": tensor " + tensor + " is missing, which a model of "
                    + source.layout().name() + " has");
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
