package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.model.ModelSource;
import glimpse.engine.Activation;
import glimpse.engine.ModelInfo;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.weights.ModelException;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.VisibleText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse info}: the architecture and origin of a converted model. */
@Command(
        name = "info",
        sortOptions = false,
        description = "Describes a model: architecture, size, work per image, preprocessing and origin.",
        exitCodeList = {"0:The model was described.", "1:Reading failed.", "2:The model is invalid, or there is none."},
        footer = {"", "Example:", "  glimpse info tiny.safetensors"})
public final class InfoCommand implements Callable<Integer> {
    private static final List<Integer> QUARTERS_KEPT = List.of(4, 3, 2, 1, 0);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            description = "Model to describe: a file written by glimpse convert, hf:OWNER/NAME, fashion-mnist/edge or"
                    + " fashion-mnist/server.")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(names = "--json", description = "Print the description as JSON.")
    private boolean json;

    /** Made by the command line, which sets the options. */
    public InfoCommand() {}

    @Override
    public Integer call() throws IOException {
        Map<String, Object> facts = facts(ModelSource.require("MODEL", model));
        if (json) {
            spec.commandLine().getOut().println(Json.write(facts));
            return ExitCode.OK;
        }
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((name, value) -> spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "%-" + width + "s  %s",
                        name.replace('_', ' '),
                        VisibleText.name(readable(value)))));
        return ExitCode.OK;
    }

    private Map<String, Object> facts(ModelSource source) throws IOException {
        ModelInfo info = source.info();
        try {
            return facts(source.bytes(), info, Preprocessing.readFrom(info.metadata(), info.config()));
        } catch (IllegalArgumentException e) {
            throw new ModelException(model + ": " + e.getMessage());
        }
    }

    private Map<String, Object> facts(long bytes, ModelInfo info, Preprocessing preprocessing) {
        VitConfig config = info.config();
        Map<String, String> metadata = info.metadata();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", model);
        facts.put("bytes", bytes);
        facts.put(
                "stored_as",
                info.storedTypes().stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new)));
        facts.put("width", config.width());
        facts.put("blocks", config.depth());
        facts.put("heads", config.heads());
        facts.put("mlp", config.activation() == Activation.SWIGLU ? "gated" : "plain");
        facts.put("mlp_width", config.mlpWidth());
        facts.put("activation", small(config.activation()));
        facts.put("patch_size", config.patchSize());
        facts.put("image_size", config.imageSize());
        facts.put("channels", config.channels());
        facts.put("patches", config.patches());
        facts.put("prefix_tokens", config.prefixTokens());
        facts.put("qkv_bias", config.qkvBias());
        facts.put("pre_norm", config.preNorm());
        facts.put("pooling", small(config.pooling()));
        facts.put("representation_width", config.representationWidth());
        facts.put("projection_width", config.projectionWidth());
        facts.put("classes", config.classes());
        facts.put("features", config.featureWidth());
        facts.put("parameters", config.parameters());
        Map<String, Long> multiplyAdds = new LinkedHashMap<>();
        for (int quarters : QUARTERS_KEPT) {
            int kept = config.patches() * quarters / 4;
            multiplyAdds.put(Integer.toString(kept), config.multiplyAdds(kept));
        }
        facts.put("multiply_adds_by_kept_patches", multiplyAdds);
        facts.put("framing", framing(preprocessing.framing()));
        facts.put("mean", preprocessing.mean());
        facts.put("std", preprocessing.std());
        facts.put("labels", info.labels().size());
        facts.put("source", metadata.getOrDefault("glimpse.source.name", "unknown"));
        facts.put("source_layout", metadata.getOrDefault("glimpse.source.layout", "unknown"));
        facts.put("source_sha256", metadata.getOrDefault("glimpse.source.sha256", "unknown"));
        return facts;
    }

    private static String small(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String framing(Framing framing) {
        return switch (framing) {
            case Framing.Center(int resize, int size, var interpolation) ->
                "shorter side to " + resize + " (" + interpolation.name().toLowerCase(Locale.ROOT) + "), central "
                        + size + " x " + size;
            case Framing.Squash(int resize, int size, var interpolation) ->
                "both sides to " + resize + " (" + interpolation.name().toLowerCase(Locale.ROOT) + "), central " + size
                        + " x " + size;
            case Framing.AsIs(int size) -> "none, images are " + size + " x " + size;
        };
    }

    private static String readable(Object value) {
        return switch (value) {
            case Long number -> String.format(Locale.ROOT, "%,d", number);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + readable(entry.getValue()))
                        .collect(Collectors.joining(", "));
            case Iterable<?> list -> {
                StringBuilder text = new StringBuilder();
                list.forEach(one -> text.append(text.isEmpty() ? "" : ", ").append(one));
                yield text.toString();
            }
            default -> value.toString();
        };
    }
}
