package glimpse.engine.image;

import glimpse.engine.VitConfig;
import glimpse.engine.weights.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The metadata keys of a {@link Preprocessing} in a converted file, one per value, all required. Files written before
 * the key {@code crop_mode} existed have the key {@code framing} in its place.
 */
final class PreprocessingMetadata {
    private static final String PREFIX = "glimpse.preprocessing.";
    private static final String CROP_MODE = "crop_mode";
    private static final String CENTER = "center";
    private static final String SQUASH = "squash";
    private static final String AS_IS = "as_is";

    private static final String OLD_CROP_MODE = "framing";
    /** The old values of {@link #OLD_CROP_MODE}, with what they are called now. */
    private static final Map<String, String> OLD_NAMES =
            Map.of("resize_and_crop", CENTER, "stretch_and_crop", SQUASH, AS_IS, AS_IS);

    private PreprocessingMetadata() {}

    static void write(Preprocessing preprocessing, Map<String, String> metadata) {
        switch (preprocessing.framing()) {
            case Framing.Center(int resize, int size, Interpolation interpolation) ->
                write(CENTER, resize, size, interpolation, metadata);
            case Framing.Squash(int resize, int size, Interpolation interpolation) ->
                write(SQUASH, resize, size, interpolation, metadata);
            case Framing.AsIs(int size) -> {
                metadata.put(PREFIX + CROP_MODE, AS_IS);
                metadata.put(PREFIX + "size", Integer.toString(size));
            }
        }
        metadata.put(PREFIX + "mean", joined(preprocessing.mean()));
        metadata.put(PREFIX + "std", joined(preprocessing.std()));
    }

    private static void write(
            String cropMode, int resize, int size, Interpolation interpolation, Map<String, String> metadata) {
        metadata.put(PREFIX + CROP_MODE, cropMode);
        metadata.put(PREFIX + "resize", Integer.toString(resize));
        metadata.put(PREFIX + "size", Integer.toString(size));
        metadata.put(PREFIX + "interpolation", interpolation.name().toLowerCase(Locale.ROOT));
    }

    static Preprocessing read(Map<String, String> metadata, VitConfig config) {
        int size = side(metadata, "size");
        if (size != config.imageSize()) {
            throw invalid("size", Integer.toString(size), "the model's image size " + config.imageSize());
        }
        String cropMode = cropMode(metadata);
        Framing framing = switch (cropMode) {
            case CENTER -> new Framing.Center(side(metadata, "resize"), size, interpolation(metadata));
            case SQUASH -> new Framing.Squash(side(metadata, "resize"), size, interpolation(metadata));
            case AS_IS -> new Framing.AsIs(size);
            default -> throw invalid(CROP_MODE, cropMode, CENTER + ", " + SQUASH + " or " + AS_IS);
        };
        List<Float> mean = channelValues(metadata, "mean", config.channels());
        List<Float> std = channelValues(metadata, "std", config.channels());
        if (std.stream().anyMatch(value -> value <= 0)) {
            throw invalid("std", text(metadata, "std"), "values above 0");
        }
        return new Preprocessing(framing, config.patchSize(), mean, std);
    }

    private static String cropMode(Map<String, String> metadata) {
        String old = metadata.get(PREFIX + OLD_CROP_MODE);
        if (metadata.containsKey(PREFIX + CROP_MODE) || old == null) {
            return text(metadata, CROP_MODE);
        }
        String name = OLD_NAMES.get(old);
        if (name == null) {
            throw invalid(OLD_CROP_MODE, old, "resize_and_crop, stretch_and_crop or as_is");
        }
        return name;
    }

    private static String joined(List<Float> values) {
        return values.stream().map(value -> Float.toString(value)).collect(Collectors.joining(","));
    }

    private static String text(Map<String, String> metadata, String key) {
        String value = metadata.get(PREFIX + key);
        if (value == null) {
            throw new IllegalArgumentException("metadata key " + PREFIX + key + " is missing");
        }
        return value;
    }

    private static int side(Map<String, String> metadata, String key) {
        String value = text(metadata, key);
        try {
            int side = Integer.parseInt(value);
            if (side >= 1 && side <= 16384) {
                return side;
            }
        } catch (NumberFormatException e) {
            // not a number: the same message as for a number out of range
        }
        throw invalid(key, value, "an integer 1..16384");
    }

    private static Interpolation interpolation(Map<String, String> metadata) {
        String value = text(metadata, "interpolation");
        for (Interpolation interpolation : Interpolation.values()) {
            if (interpolation.name().toLowerCase(Locale.ROOT).equals(value)) {
                return interpolation;
            }
        }
        throw invalid("interpolation", value, "bilinear, bicubic or lanczos");
    }

    private static List<Float> channelValues(Map<String, String> metadata, String key, int channels) {
        String text = text(metadata, key);
        List<Float> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                values.add(Float.parseFloat(part));
            } catch (NumberFormatException e) {
                throw invalid(key, text, "numbers separated by commas");
            }
        }
        if (values.size() != channels || !values.stream().allMatch(value -> Float.isFinite(value))) {
            throw invalid(key, text, "one finite number for each of the model's " + channels + " channels");
        }
        return values;
    }

    private static IllegalArgumentException invalid(String key, String value, String expected) {
        return new IllegalArgumentException(
                "metadata key " + PREFIX + key + " is " + Quoted.of(value) + ", expected " + expected);
    }
}
