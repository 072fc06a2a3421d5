package glimpse.engine.image;

import glimpse.engine.VitConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a {@link Preprocessing} stands in a converted file's metadata: one flat key a value, all of them required. */
final class PreprocessingMetadata {
    private static final String PREFIX = "glimpse.preprocessing.";
    private static final String RESIZE_AND_CROP = "resize_and_crop";
    private static final String STRETCH_AND_CROP = "stretch_and_crop";
    private static final String AS_IS = "as_is";

    private PreprocessingMetadata() {}

    static void write(Preprocessing preprocessing, Map<String, String> metadata) {
        switch (preprocessing.framing()) {
            case Framing.ResizeAndCrop(int resize, int size, Interpolation interpolation) ->
                write(RESIZE_AND_CROP, resize, size, interpolation, metadata);
            case Framing.StretchAndCrop(int resize, int size, Interpolation interpolation) ->
                write(STRETCH_AND_CROP, resize, size, interpolation, metadata);
            case Framing.AsIs(int size) -> {
                metadata.put(PREFIX + "framing", AS_IS);
                metadata.put(PREFIX + "size", Integer.toString(size));
            }
        }
        metadata.put(PREFIX + "mean", joined(preprocessing.mean()));
        metadata.put(PREFIX + "std", joined(preprocessing.std()));
    }

    private static void write(
            String framing, int resize, int size, Interpolation interpolation, Map<String, String> metadata) {
        metadata.put(PREFIX + "framing", framing);
        metadata.put(PREFIX + "resize", Integer.toString(resize));
        metadata.put(PREFIX + "size", Integer.toString(size));
        metadata.put(PREFIX + "interpolation", interpolation.name().toLowerCase(Locale.ROOT));
    }

    static Preprocessing read(Map<String, String> metadata, VitConfig config) {
        int size = side(metadata, "size");
        if (size != config.imageSize()) {
            throw unusable("size", Integer.toString(size), "the model's image size " + config.imageSize());
        }
        String framing = text(metadata, "framing");
        Framing frame = switch (framing) {
            case RESIZE_AND_CROP -> new Framing.ResizeAndCrop(side(metadata, "resize"), size, interpolation(metadata));
            case STRETCH_AND_CROP ->
                new Framing.StretchAndCrop(side(metadata, "resize"), size, interpolation(metadata));
            case AS_IS -> new Framing.AsIs(size);
            default -> throw unusable("framing", framing, RESIZE_AND_CROP + ", " + STRETCH_AND_CROP + " or " + AS_IS);
        };
        List<Float> mean = channelValues(metadata, "mean", config.channels());
        List<Float> std = channelValues(metadata, "std", config.channels());
        if (std.stream().anyMatch(value -> value <= 0)) {
            throw unusable("std", text(metadata, "std"), "values above 0");
        }
        return new Preprocessing(frame, mean, std);
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
            // the same words serve for what isn't a number and for what is out of range
        }
        throw unusable(key, value, "an integer 1..16384");
    }

    private static Interpolation interpolation(Map<String, String> metadata) {
        String value = text(metadata, "interpolation");
        for (Interpolation interpolation : Interpolation.values()) {
            if (interpolation.name().toLowerCase(Locale.ROOT).equals(value)) {
                return interpolation;
            }
        }
        throw unusable("interpolation", value, "bilinear or bicubic");
    }

    private static List<Float> channelValues(Map<String, String> metadata, String key, int channels) {
        String text = text(metadata, key);
        List<Float> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                values.add(Float.parseFloat(part));
            } catch (NumberFormatException e) {
                throw unusable(key, text, "numbers with commas between");
            }
        }
        if (values.size() != channels || !values.stream().allMatch(value -> Float.isFinite(value))) {
            throw unusable(key, text, "one finite number for each of the model's " + channels + " channels");
        }
        return values;
    }

    private static IllegalArgumentException unusable(String key, String value, String expected) {
        return new IllegalArgumentException(
                "metadata key " + PREFIX + key + " is '" + value + "', expected " + expected);
    }
}
