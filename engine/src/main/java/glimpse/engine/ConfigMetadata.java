package glimpse.engine;

import glimpse.engine.weights.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a {@link VitConfig} into the metadata of a converted file and reads it back: one flat key per value. All keys
 * are required except those of later variants: {@code pooling} defaults to the class token, {@code activation} to the
 * exact GELU, {@code pre_norm}, {@code projection_width} and {@code representation_width} to none.
 */
final class ConfigMetadata {
    private static final String FORMAT = "glimpse.format";
    private static final String FORMAT_VERSION = "1";
    private static final String PREFIX = "glimpse.config.";

    private static final String POOLING = "pooling";
    private static final String ACTIVATION = "activation";
    private static final String PRE_NORM = "pre_norm";
    private static final String PROJECTION_WIDTH = "projection_width";
    private static final String REPRESENTATION_WIDTH = "representation_width";

    private ConfigMetadata() {}

    static void write(VitConfig config, Map<String, String> metadata) {
        metadata.put(FORMAT, FORMAT_VERSION);
        put(metadata, "image_size", config.imageSize());
        put(metadata, "patch_size", config.patchSize());
        put(metadata, "channels", config.channels());
        put(metadata, "width", config.width());
        put(metadata, "depth", config.depth());
        put(metadata, "heads", config.heads());
        put(metadata, "mlp_width", config.mlpWidth());
        put(metadata, "prefix_tokens", config.prefixTokens());
        put(metadata, "classes", config.classes());
        put(metadata, "qkv_bias", config.qkvBias());
        put(metadata, "layer_norm_epsilon", config.layerNormEpsilon());
        if (config.pooling() != Pooling.CLASS_TOKEN) {
            put(metadata, POOLING, config.pooling().name().toLowerCase(Locale.ROOT));
        }
        if (config.activation() != Activation.GELU) {
            put(metadata, ACTIVATION, config.activation().name().toLowerCase(Locale.ROOT));
        }
        if (config.preNorm()) {
            put(metadata, PRE_NORM, true);
        }
        if (config.projectionWidth() > 0) {
            put(metadata, PROJECTION_WIDTH, config.projectionWidth());
        }
        if (config.representationWidth() > 0) {
            put(metadata, REPRESENTATION_WIDTH, config.representationWidth());
        }
    }

    static VitConfig read(Map<String, String> metadata) {
        String format = metadata.get(FORMAT);
        if (format == null) {
            throw new IllegalArgumentException(
                    "not a converted model: metadata key " + FORMAT + " is missing; convert the checkpoint first");
        }
        if (!format.equals(FORMAT_VERSION)) {
            throw new IllegalArgumentException(
                    "metadata key " + FORMAT + " is " + Quoted.of(format) + ", expected " + FORMAT_VERSION);
        }
        return new VitConfig(
                integer(metadata, "image_size"),
                integer(metadata, "patch_size"),
                integer(metadata, "channels"),
                integer(metadata, "width"),
                integer(metadata, "depth"),
                integer(metadata, "heads"),
                integer(metadata, "mlp_width"),
                integer(metadata, "prefix_tokens"),
                integer(metadata, "classes"),
                bool(metadata, "qkv_bias"),
                decimal(metadata, "layer_norm_epsilon"),
                choice(metadata, POOLING, Pooling.CLASS_TOKEN),
                choice(metadata, ACTIVATION, Activation.GELU),
                metadata.containsKey(PREFIX + PRE_NORM) && bool(metadata, PRE_NORM),
                optional(metadata, PROJECTION_WIDTH),
                optional(metadata, REPRESENTATION_WIDTH));
    }

    private static void put(Map<String, String> metadata, String key, Object value) {
        metadata.put(PREFIX + key, value.toString());
    }

    private static String text(Map<String, String> metadata, String key) {
        String value = metadata.get(PREFIX + key);
        if (value == null) {
            throw new IllegalArgumentException("metadata key " + PREFIX + key + " is missing");
        }
        return value;
    }

    private static int integer(Map<String, String> metadata, String key) {
        String value = text(metadata, key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw invalid(key, value, "an integer");
        }
    }

    private static int optional(Map<String, String> metadata, String key) {
        return metadata.containsKey(PREFIX + key) ? integer(metadata, key) : 0;
    }

    private static float decimal(Map<String, String> metadata, String key) {
        String value = text(metadata, key);
        try {
            return Float.parseFloat(value);
        } catch (NumberFormatException e) {
            throw invalid(key, value, "a number");
        }
    }

    /** Reads a constant by its name in lower case; the default where the key is missing. */
    private static <E extends Enum<E>> E choice(Map<String, String> metadata, String key, E defaultValue) {
        if (!metadata.containsKey(PREFIX + key)) {
            return defaultValue;
        }
        String value = text(metadata, key);
        List<String> names = new ArrayList<>();
        for (E one : defaultValue.getDeclaringClass().getEnumConstants()) {
            String name = one.name().toLowerCase(Locale.ROOT);
            if (name.equals(value)) {
                return one;
            }
            names.add(name);
        }
        throw invalid(key, value, "one of " + String.join(", ", names));
    }

    private static boolean bool(Map<String, String> metadata, String key) {
        String value = text(metadata, key);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(key, value, "true or false");
        };
    }

    private static IllegalArgumentException invalid(String key, String value, String expected) {
        return new IllegalArgumentException(
                "metadata key " + PREFIX + key + " is " + Quoted.of(value) + ", expected " + expected);
    }
}
