package glimpse.collab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import glimpse.collab.evaluate.ReplacedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The gallery's images as gallery.json, so that a report needs neither images nor models. */
public final class GalleryFile {
    /** Its name in a run's folder. */
    public static final String NAME = "gallery.json";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    private static final Pattern PICTURE = Pattern.compile("data:image/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}");

    private GalleryFile() {}

    /** Writes the file. */
    public static void write(List<GalleryItem> items, Path file) throws IOException {
        try {
            ReplacedFile.write(file, JSON.writeValueAsString(items) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings and numbers alone
        }
    }

    /**
     * Reads the file.
     *
     * @return no items if there is no such file
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     */
    static List<GalleryItem> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<GalleryItem> items;
        try {
            items = JSON.readValue(Files.readString(file), new TypeReference<List<GalleryItem>>() {});
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
