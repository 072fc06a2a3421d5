package glimpse.evaluation.gallery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.BoundedText;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes and reads gallery.json, from which a report is made without images or models. */
public final class GalleryFile {
    /** The file's name in a run's folder. */
    public static final String NAME = "gallery.json";

    private static final Pattern PICTURE = Pattern.compile("data:image/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}");

    private GalleryFile() {}

    /** Writes the file. */
    public static void write(List<GalleryItem> items, Path file) throws IOException {
        AtomicFile.write(file, Json.write(items) + "\n");
    }

    /**
     * Reads the file.
     *
     * @return the items; none if there is no such file
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     */
    public static List<GalleryItem> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<GalleryItem> items;
        try {
            items = Json.mapper()
                    .readerFor(new TypeReference<List<GalleryItem>>() {})
                    .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .readValue(BoundedText.read(file));
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(
                    file + ": not a gallery of this version: " + place(e) + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not a gallery of this version: " + e.getOriginalMessage(), e);
        }
        if (items == null || items.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(file + ": not a gallery of this version: null");
        }
        for (GalleryItem item : items) {
            requireNumbers(item, file);
            for (String picture : List.of(item.wholePicture(), item.attentionPicture(), item.keptPicture())) {
                if (!PICTURE.matcher(picture).matches()) {
                    throw new IllegalArgumentException(
                            file + ": a picture of " + item.image() + " isn't a data URI of a PNG or JPEG");
                }
            }
        }
        return items;
    }

    /** Returns the field that couldn't be read and a colon; an empty string if it was none. */
    private static String place(JsonMappingException e) {
        return e.getPath().stream()
                .flatMap(reference -> Optional.ofNullable(reference.getFieldName()).stream())
                .findFirst()
                .map(field -> field + ": ")
                .orElse("");
    }

    private static void requireNumbers(GalleryItem item, Path file) {
        requireNumber(item, "minEntropyBits", item.minEntropyBits(), file);
        requireNumber(item, "kept", item.kept(), file);
        requireNumber(item, "patches", item.patches(), file);
        requireNumber(item, "upBytes", item.upBytes(), file);
    }

    private static void requireNumber(GalleryItem item, String field, double value, Path file) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) { // NaN is neither
            String shown = value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : "" + value;
            throw new IllegalArgumentException(file + ": " + field + " of " + item.image() + " is " + shown
                    + ", expected a finite number of at least 0");
        }
    }
}
