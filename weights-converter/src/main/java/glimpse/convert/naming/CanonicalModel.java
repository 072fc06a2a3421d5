package glimpse.convert.naming;

import static glimpse.convert.naming.Recipe.matrix;
import static glimpse.convert.naming.Recipe.rows;
import static glimpse.convert.naming.Recipe.table;
import static glimpse.convert.naming.Recipe.vector;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.SourceTensor;
import glimpse.convert.source.TensorSource;
import glimpse.engine.Activation;
import glimpse.engine.VitConfig;
import glimpse.engine.weights.Quoted;
import glimpse.engine.weights.TensorNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A checkpoint's model under canonical names: every tensor of the source is used, and none is missing. */
public final class CanonicalModel {
    private static final int LONGEST_LIST = 20;
    /** The engine loads no longer tensor. */
    private static final long MOST_ELEMENTS = 1 << 30;

    private static final Set<String> FLOATS = Set.of("F64", "F32", "F16", "BF16");

    private final TensorSource file;
    private final ModelSource source;
    private final VitConfig config;
    private final Map<String, Recipe> recipes;

    /**
     * What the caller says about an architecture.
     *
     * @param heads number of attention heads; empty to take it from the configuration or by convention
     * @param imageSize side of the input in pixels; empty for the trained one
     * @param activation activation of the MLPs; empty to take it from the configuration or by convention
     */
    public record Given(OptionalInt heads, OptionalInt imageSize, Optional<Activation> activation) {}

    private CanonicalModel(TensorSource file, ModelSource source, VitConfig config, Map<String, Recipe> recipes) {
        this.file = file;
        this.source = source;
        this.config = config;
        this.recipes = recipes;
    }

    /**
     * Determines a checkpoint's naming and architecture and checks its tensors against them.
     *
     * @param given what the caller says about the architecture
     * @throws ConvertException listing what is missing, has another shape or belongs to no part of the model
     */
    public static CanonicalModel of(TensorSource file, HubConfig hub, Given given) throws ConvertException {
        for (SourceTensor tensor : file.tensors().values()) {
            checkElements(file, tensor.name(), tensor.shape());
        }
        ModelSource source = ModelSource.recognise(file);
        VitConfig config = Architecture.infer(source, file.name(), hub, given);
        for (Map.Entry<String, List<Long>> tensor : config.tensorShapes().entrySet()) {
            checkElements(file, tensor.getKey(), tensor.getValue());
        }
        CanonicalModel model = new CanonicalModel(file, source, config, recipes(source, config));
        model.check();
        return model;
    }

    /** Returns the name of the naming: timm, Hugging Face, ... */
    public String naming() {
        return source.naming().name();
    }

    /** The architecture. */
    public VitConfig config() {
        return config;
    }

    /** Returns the shapes by canonical name, in the order of the forward pass. */
    public Map<String, List<Long>> shapes() {
        return config.tensorShapes();
    }

    /** Computes a range of a canonical tensor's elements in row-major order. */
    public void read(String name, long first, float[] destination, int count) throws IOException {
        Recipe recipe = recipes.get(name);
        if (recipe == null) {
            throw new IllegalArgumentException("no tensor " + name + " in this model");
        }
        recipe.read(this::readSource, source.tensors(), first, destination, 0, count);
    }

    private void readSource(String name, long first, float[] destination, int offset, int count) throws IOException {
        SourceTensor tensor = source.tensor(name);
        file.read(tensor.name(), first, destination, offset, count);
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(destination[offset + i])) {
                throw new ConvertException(file.name() + ": tensor " + Quoted.of(tensor.name()) + " holds "
                        + destination[offset + i] + " at element " + (first + i) + ", expected finite weights");
            }
        }
    }

    /** Refuses a tensor that is too long; the product of its shape may overflow. */
    private static void checkElements(TensorSource file, String name, List<Long> shape) throws ConvertException {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension > 0 && elements > MOST_ELEMENTS / dimension) {
                throw new ConvertException(file.name() + ": tensor " + Quoted.of(name) + " has the shape "
                        + Quoted.shape(shape) + ", expected at most " + MOST_ELEMENTS + " elements");
            }
            elements *= dimension;
        }
    }

    private static Map<String, Recipe> recipes(ModelSource source, VitConfig config) {
        TensorNaming naming = source.naming();
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put(TensorNames.PATCH_EMBEDDING_WEIGHT, matrix(naming.patchEmbedding()));
        boolean hasBias = source.tensors().containsKey(naming.patchEmbeddingBias());
        recipes.put(
                TensorNames.PATCH_EMBEDDING_BIAS,
                hasBias ? vector(naming.patchEmbeddingBias()) : new Recipe.Zeros(config.width()));
        addTokens(source, config, recipes);
        recipes.put(TensorNames.PRE_NORM_WEIGHT, vector(naming.preNorm().weight()));
        recipes.put(TensorNames.PRE_NORM_BIAS, vector(naming.preNorm().bias()));
        for (int block = 0; block < config.depth(); block++) {
            for (Map.Entry<String, Recipe> part : source.block().entrySet()) {
                recipes.put(
                        TensorNames.block(block, part.getKey()),
                        scaled(source, part.getKey(), part.getValue()).ofBlock(block));
            }
        }
        recipes.putAll(source.tail());
        recipes.computeIfAbsent(
                TensorNames.FEATURE_PROJECTION_BIAS, name -> new Recipe.Zeros(config.projectionWidth()));
        recipes.keySet().retainAll(config.tensorShapes().keySet());
        return recipes;
    }

    /** Folds layer scale into the layer before it, so that nothing is left to do per image. */
    private static Recipe scaled(ModelSource source, String part, Recipe recipe) {
        Recipe factors = source.naming().layerScale().get(part);
        if (factors == null) {
            return recipe;
        }
        List<String> names = new ArrayList<>();
        factors.ofBlock(0).names(names::add);
        return source.tensors().containsKey(names.getFirst()) ? new Recipe.ScaledRows(recipe, factors) : recipe;
    }

    /** Adds the position embeddings of the prefix tokens, which the source's model adds per image. */
    private static void addTokens(ModelSource source, VitConfig config, Map<String, Recipe> recipes) {
        String positions = source.naming().positions();
        SourceTensor table = source.tensors().get(positions);
        long all = table == null ? 0 : table.elements() / config.width();
        int positioned =
                PositionTable.positionedPrefixTokens(all, config.prefixTokens()).orElse(0);
        List<Recipe> tokens = new ArrayList<>();
        int row = 0;
        for (String token : source.presentTokens()) {
            int end = row + source.tokenRows(token, config.width());
            tokens.add(end <= positioned ? new Recipe.Sum(table(token), rows(positions, row, end)) : table(token));
            row = end;
        }
        if (!tokens.isEmpty()) {
            recipes.put(TensorNames.PREFIX_TOKENS, new Recipe.Stack(tokens));
        }
        Recipe patches = rows(positions, positioned, -1);
        int trained = PositionTable.root(all - positioned);
        boolean resampled = trained > 0 && trained != config.grid();
        recipes.put(
                TensorNames.POSITION_EMBEDDING,
                resampled ? new ResampledGrid(patches, trained, config.grid()) : patches);
    }

    private void check() throws ConvertException {
        Problems problems = new Problems();
        Set<String> used = new HashSet<>();
        shapes().forEach((name, shape) -> check(name, shape, used, problems));
        for (Map.Entry<String, SourceTensor> tensor : source.tensors().entrySet()) {
            String name = tensor.getKey();
            boolean buffer = !FLOATS.contains(tensor.getValue().type());
            if (!used.contains(name)
                    && !buffer
                    && !source.naming().ignored().matcher(name).matches()) {
                problems.add(Excerpt.of(tensor.getValue().name()) + " belongs to no part of the model");
            }
        }
        if (problems.count > 0) {
            int hidden = problems.count - problems.shown.size();
            throw new ConvertException(file.name() + ": tensors don't fit a " + naming() + " model: "
                    + String.join("; ", problems.shown) + (hidden > 0 ? "; and " + hidden + " more" : ""));
        }
    }

    /** What is wrong with the tensors: how often, and the first of it. */
    private static final class Problems {
        private final List<String> shown = new ArrayList<>();
        private int count;

        void add(String problem) {
            count++;
            if (count <= LONGEST_LIST) {
                shown.add(problem);
            }
        }
    }

    private void check(String canonical, List<Long> shape, Set<String> used, Problems problems) {
        Recipe recipe = recipes.get(canonical);
        if (recipe == null) {
            problems.add(canonical + " has no tensor to be computed from");
            return;
        }
        List<String> names = new ArrayList<>();
        recipe.names(names::add);
        used.addAll(names);
        int before = problems.count;
        for (String name : names) {
            SourceTensor tensor = source.tensors().get(name);
            if (tensor == null) {
                problems.add(name + " is missing");
            } else if (!FLOATS.contains(tensor.type())) {
                problems.add(Excerpt.of(tensor.name()) + " is " + tensor.type() + ", expected floats");
            }
        }
        if (problems.count == before && !recipe.shape(source.tensors()).equals(shape)) {
            List<String> found = names.stream()
                    .map(name -> name + " " + source.tensor(name).shape())
                    .toList();
            problems.add("shape of " + String.join(" with ", found) + " gives " + recipe.shape(source.tensors())
                    + ", expected " + shape + " for " + canonical);
        }
    }
}
