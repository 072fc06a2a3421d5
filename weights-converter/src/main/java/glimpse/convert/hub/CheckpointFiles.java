package glimpse.convert.hub;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.convert.checkpoint.Checkpoint;
import glimpse.convert.error.ConvertException;
import glimpse.convert.source.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which files of a repository make a checkpoint. */
final class CheckpointFiles {
    private static final String INDEX_SUFFIX = ".index.json";

    private CheckpointFiles() {}

    /** Returns the checkpoint's path, given which files there are. */
    static String main(HubReference reference, Predicate<String> exists) throws ConvertException {
        Optional<String> usual = Checkpoint.USUAL_NAMES.stream().filter(exists).findFirst();
        if (reference.file().isPresent()) {
            return reference.file().get();
        }
        return usual.orElseThrow(() -> new ConvertException(reference + ": has none of "
                + String.join(", ", Checkpoint.USUAL_NAMES) + "; name the checkpoint's file: " + reference + "/FILE"));
    }

    /** Returns the configurations that may lie beside a checkpoint. */
    static List<String> configurations(String main) {
        return List.of(sibling(main, "config.json"), sibling(main, "preprocessor_config.json"));
    }

    static boolean isIndex(String main) {
        return main.endsWith(INDEX_SUFFIX);
    }

    /** Returns the shards that an index names; what is wrong with the index is told by the conversion. */
    static Set<String> shards(String main, Path index) throws IOException {
        Set<String> shards = new TreeSet<>();
        if (Files.size(index) > Checkpoint.LARGEST_INDEX_BYTES) {
            return shards;
        }
        JsonNode map;
        try {
            map = JsonFile.read(index).path("weight_map");
        } catch (IOException e) {
            return shards;
        }
        for (JsonNode shard : map) {
            String name = shard.asText();
            if (HubReference.isPlainPath(name) && !name.contains("/")) {
                shards.add(sibling(main, name));
            }
        }
        return shards;
    }

    private static String sibling(String main, String name) {
        return main.substring(0, main.lastIndexOf('/') + 1) + name;
    }
}
