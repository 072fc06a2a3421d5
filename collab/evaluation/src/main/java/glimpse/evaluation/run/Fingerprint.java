package glimpse.evaluation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import glimpse.evaluation.io.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the rows of a run depend on: models, images and options. Runs with equal fingerprints give equal rows.
 * Immutable.
 *
 * @param values a value for each input, by name
 */
public record Fingerprint(SortedMap<String, String> values) {
    private static final int MOST_SHOWN = 80;

    /** Copies the values. */
    public Fingerprint {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    String toJson() {
        return Json.write(values) + "\n";
    }

    /** Reads what {@link #toJson} wrote; empty if the text is anything else. */
    static Optional<Fingerprint> ofJson(String json) {
        try {
            return Optional.of(
                    new Fingerprint(Json.mapper().readValue(json, new TypeReference<TreeMap<String, String>>() {})));
        } catch (JsonProcessingException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** Returns a line for each input whose values differ, with both values. */
    List<String> differences(Fingerprint other) {
        SortedSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(values.get(name), other.values.get(name))) {
                differences.add(name + " was " + shortened(values.getOrDefault(name, "absent")) + ", is now "
                        + shortened(other.values.getOrDefault(name, "absent")));
            }
        }
        return differences;
    }

    private static String shortened(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "...";
    }
}
