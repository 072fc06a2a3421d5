package glimpse.convert.naming;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.convert.error.ConvertException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The {@code config.json} beside a checkpoint, as transformers or timm writes it; every value may be absent. */
public final class HubConfig {
    private static final int MANY_BYTES = 16 << 20;

    private final String name;
    private final JsonNode root;

    private HubConfig(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /** A configuration that says nothing. */
    public static HubConfig absent() {
        return new HubConfig("no config.json", new ObjectMapper().createObjectNode());
    }

    /**
     * Reads a file, if there is one.
     *
     * @throws ConvertException if it isn't a JSON object
     */
    public static HubConfig read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return absent();
        }
        if (Files.size(path) > MANY_BYTES) {
            throw new ConvertException(path + ": more than " + MANY_BYTES + " bytes, expected a configuration");
        }
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(path));
            if (!root.isObject()) {
                throw new ConvertException(path + ": expected a JSON object");
            }
            return new HubConfig(path.toString(), root);
        } catch (JacksonException e) {
            throw new ConvertException(path + ": not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** What it says of a model's vision tower: all, unless that has a part of its own. */
    HubConfig vision() {
        return root.path("vision_config").isObject() ? new HubConfig(name, root.path("vision_config")) : this;
    }

    /** What error messages call this file. */
    public String name() {
        return name;
    }

    /** The first of these keys that is there as an integer; {@code a.b} is key b of object a. */
    public OptionalInt integer(String... keys) throws ConvertException {
        for (String key : keys) {
            JsonNode node = node(key);
            if (!node.isMissingNode() && !node.isNull()) {
                if (!node.canConvertToInt() || !node.isIntegralNumber()) {
                    throw new ConvertException(name + ": " + key + " is " + node + ", expected an integer");
                }
                return OptionalInt.of(node.intValue());
            }
        }
        return OptionalInt.empty();
    }

    /** Whether a key is there as a number. */
    public boolean isNumber(String key) {
        return node(key).isNumber();
    }

    /** The first of these keys that is there as a number. */
    public OptionalDouble number(String... keys) throws ConvertException {
        for (String key : keys) {
            JsonNode node = node(key);
            if (!node.isMissingNode() && !node.isNull()) {
                if (!node.isNumber()) {
                    throw new ConvertException(name + ": " + key + " is " + node + ", expected a number");
                }
                return OptionalDouble.of(node.doubleValue());
            }
        }
        return OptionalDouble.empty();
    }

    /** The first of these keys that is there as text. */
    public Optional<String> text(String... keys) {
        for (String key : keys) {
            if (node(key).isTextual()) {
                return Optional.of(node(key).textValue());
            }
        }
        return Optional.empty();
    }

    /** A list of numbers, or empty. */
    public List<Float> numbers(String... keys) throws ConvertException {
        for (String key : keys) {
            JsonNode node = node(key);
            if (node.isArray()) {
                List<Float> numbers = new ArrayList<>();
                for (JsonNode element : node) {
                    if (!element.isNumber()) {
                        throw new ConvertException(name + ": " + key + " is " + node + ", expected numbers");
                    }
                    numbers.add(element.floatValue());
                }
                return List.copyOf(numbers);
            }
        }
        return List.of();
    }

    /** Whether a key is there and true. */
    public Optional<Boolean> flag(String key) {
        return node(key).isBoolean() ? Optional.of(node(key).booleanValue()) : Optional.empty();
    }

    /**
     * The class names, in their order: transformers' {@code id2label} (unless it only counts them) or timm's {@code
     * label_names}; empty if there are none.
     */
    public List<String> labels() {
        JsonNode byId = node("id2label");
        JsonNode names = node("label_names").isArray() ? node("label_names") : node("pretrained_cfg.label_names");
        List<String> labels = new ArrayList<>();
        if (byId.isObject()) {
            for (int id = 0; byId.path(Integer.toString(id)).isTextual(); id++) {
                labels.add(byId.path(Integer.toString(id)).textValue());
            }
            boolean onlyCounted = labels.stream().allMatch(label -> label.matches("LABEL_\\d+"));
            return onlyCounted || labels.size() != byId.size() ? List.of() : List.copyOf(labels);
        }
        names.forEach(label -> labels.add(label.asText()));
        return List.copyOf(labels);
    }

    private JsonNode node(String key) {
        return root.at("/" + key.replace('.', '/'));
    }
}
