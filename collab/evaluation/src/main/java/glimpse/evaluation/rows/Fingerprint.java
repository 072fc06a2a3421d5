package glimpse.evaluation.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.BoundedText;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the rows of a run depend on: models, images and options. Runs with equal fingerprints give equal rows, and runs
 * that differ in their images and uploads alone give equal results for an image and an upload that both have.
 * Immutable.
 *
 * @param values a value for each input, by name
 */
public record Fingerprint(SortedMap<String, String> values) {
    /** The inputs that say which images and uploads there are, on which the result for one of them doesn't depend. */
    private static final Set<String> EXTENT = Set.of("images", "images_sha256", "server_baseline", "sent", "asked_by");

    /**
     * Begins the names of inputs that only some results depend on, which none of a run without the input is, such as
     * the files of another encoder.
     */
    public static final String OPTIONAL = "encoded_";

    private static final int MOST_SHOWN = 80;

    /** Copies the values. */
    public Fingerprint {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * Returns the hash of the images' names, classes and file lengths: of everything known without reading the images.
     */
    public static String ofListing(Dataset images) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < images.size(); i++) {
            lines.append(images.name(i)).append('\0');
            lines.append(images.label(i)).append('\0');
            lines.append(images.fileBytes(i).orElse(-1)).append('\n');
        }
        return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the hash of all values. */
    public String sha256() {
        return Sha256.of(toJson().getBytes(StandardCharsets.UTF_8));
    }

    String toJson() {
        return Json.write(values) + "\n";
    }

    /** Reads a file of what {@link #toJson} wrote; empty if there is none or it holds anything else. */
    static Optional<Fingerprint> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Fingerprint(
                    Json.mapper().readValue(BoundedText.read(file), new TypeReference<TreeMap<String, String>>() {})));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** Returns a line for each input whose values differ and that each result depends on, with both values. */
    List<String> differences(Fingerprint other) {
        SortedSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            if (!EXTENT.contains(name)
                    && !isOptional(name, other)
                    && !Objects.equals(values.get(name), other.values.get(name))) {
                differences.add(name + " was " + shortened(values.getOrDefault(name, "absent")) + ", is now "
                        + shortened(other.values.getOrDefault(name, "absent")));
            }
        }
        return differences;
    }

    /** Returns whether an input is one that a run may lack, and one of these does. */
    private boolean isOptional(String name, Fingerprint other) {
        return name.startsWith(OPTIONAL) && !(values.containsKey(name) && other.values.containsKey(name));
    }

    private static String shortened(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "...";
    }
}
