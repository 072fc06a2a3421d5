package glimpse.spark.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a run. */
final class Results {
    private static final String LOCK = "run.lock";

    private Results() {}

    /** Returns the first file in which two folders differ, or which only one of them has. */
    static Optional<String> difference(Path one, Path other) throws IOException {
        Map<String, Path> ours = files(one);
        Map<String, Path> theirs = files(other);
        if (!ours.keySet().equals(theirs.keySet())) {
            return Optional.of(ours.keySet() + " and " + theirs.keySet());
        }
        for (String name : ours.keySet()) {
            if (Files.mismatch(ours.get(name), theirs.get(name)) >= 0) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Deletes a folder. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(LOCK))
                    .forEach(file -> files.put(folder.relativize(file).toString(), file));
        }
        return files;
    }
}
