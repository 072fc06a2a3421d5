package glimpse.convert.naming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A configuration file beside a checkpoint, as transformers or timm writes it; any value may be absent. */
public final class HubConfig {
    private static final int MAX_BYTES = 4 << 20;

    private final String name;
    private final JsonNode root;

    private HubConfig(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /** Returns an empty configuration. */
    public static HubConfig absent() {
        return new HubConfig("no config.json", JsonNodeFactory.instance.objectNode());
    }

    /**
     * Reads a file; returns an empty configuration if there is none.
     *
     * @throws ConvertException if it isn't a JSON object
     */
    public static HubConfig read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return absent();
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new ConvertException(path + ": more than " + MAX_BYTES + " bytes, expected a configuration");
        }
        JsonNode root = JsonFile.read(path);
        if (root.isObject()) {
            return new HubConfig(path.toString(), root);
        }
        throw new ConvertException(path + ": expected a JSON object");
    }

    /** Returns the configuration of the vision tower: its own section if there is one, otherwise the whole. */
    HubConfig vision() {
        return root.path("vision_config").isObject() ? new HubConfig(name, root.path("vision_config")) : this;
    }

    /** Returns what error messages call this file. */
    public String name() {
        return name;
    }

    /** Returns the value of the first of these keys that is present; {@code a.b} is key b of object a. */
    public OptionalInt integer(String... keys) throws ConvertException {
        for (String key : keys) {
            JsonNode node = node(key);
            if (!node.isMissingNode() && !node.isNull()) {
                if (!node.canConvertToInt() || !node.isIntegralNumber()) {
                    throw new ConvertException(name + ": " + key + " is " + Excerpt.of(node) + ", expected an integer");
                }
                return OptionalInt.of(node.intValue());
            }
        }
        return OptionalInt.empty();
    }

    /** Returns whether a key is present with a number. */
    public boolean isNumber(String key) {
        return node(key).isNumber();
    }

    /** Returns the value of the first of these keys that is present. */
    public OptionalDouble number(String... keys) throws ConvertException {
        for (String key : keys) {
            JsonNode node = node(key);
            if (!node.isMissingNode() && !node.isNull()) {
                if (!node.isNumber()) {
                    throw new ConvertException(name + ": " + key + " is " + Excerpt.of(node) + ", expected a number");
                }
                return OptionalDouble.of(node.doubleValue());
            }
        }
        return OptionalDouble.empty();
    }

    /** Returns the value of the first of these keys that is present with text. */
    public Optional<String> text(String... keys) {
        for (String key : keys) {
            if (node(key).isTextual()) {
                return Optional.of(node(key).textValue());
            }
        }
        return Optional.empty();
    }

    /** Returns the first of these keys' values that is a list of numbers, or an empty list. */
    public List<Float> numbers(String... keys) throws ConvertException {
        for (String key : keys) {
            JsonNode node = node(key);
            if (node.isArray()) {
                List<Float> numbers = new ArrayList<>();
                for (JsonNode element : node) {
                    if (!element.isNumber()) {
                        throw new ConvertException(
                                name + ": " + key + " is " + Excerpt.of(node) + ", expected numbers");
                    }
                    numbers.add(element.floatValue());
                }
                return List.copyOf(numbers);
            }
        }
        return List.of();
    }

    /** Returns the value of a boolean key, if it is present. */
    public Optional<Boolean> flag(String key) {
        return node(key).isBoolean() ? Optional.of(node(key).booleanValue()) : Optional.empty();
    }

    /**
     * Returns the class labels in the order of the classes: transformers' {@code id2label} (unless it only numbers
     * them) or timm's {@code label_names}; empty if there are none.
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
