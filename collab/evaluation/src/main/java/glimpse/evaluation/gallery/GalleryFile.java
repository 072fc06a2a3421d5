package glimpse.evaluation.gallery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.BoundedText;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
            items = Json.mapper().readValue(BoundedText.read(file), new TypeReference<List<GalleryItem>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not a gallery of this version: " + e.getOriginalMessage(), e);
        }
        if (items == null || items.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(file + ": not a gallery of this version: null");
        }
        for (GalleryItem item : items) {
            for (String picture : List.of(item.wholePicture(), item.attentionPicture(), item.keptPicture())) {
                if (!PICTURE.matcher(picture).matches()) {
                    throw new IllegalArgumentException(
                            file + ": a picture of " + item.image() + " isn't a data URI of a PNG or JPEG");
                }
            }
        }
        return items;
    }
}
