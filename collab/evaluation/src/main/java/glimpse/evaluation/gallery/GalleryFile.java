package glimpse.evaluation.gallery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The gallery's images as gallery.json, so that a report needs neither images nor models. */
public final class GalleryFile {
    /** Its name in a run's folder. */
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
     * @return no items if there is no such file
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     */
    public static List<GalleryItem> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<GalleryItem> items;
        try {
            items = Json.mapper().readValue(Files.readString(file), new TypeReference<List<GalleryItem>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": is no gallery of a sweep", e);
        }
        for (GalleryItem item : items) {
            for (String picture : List.of(item.whole(), item.attention(), item.keptPatches())) {
                if (!PICTURE.matcher(picture).matches()) {
                    throw new IllegalArgumentException(
                            file + ": a picture of " + item.image() + " is no PNG or JPEG as a data URI");
                }
            }
        }
        return items;
    }
}
