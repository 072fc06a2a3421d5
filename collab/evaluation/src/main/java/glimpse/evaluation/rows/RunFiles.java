package glimpse.evaluation.rows;

import glimpse.evaluation.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The files that an evaluation or a sweep writes into its folder or deletes there. */
public final class RunFiles {
    private static final List<String> NAMES = List.of(
            "run.json",
            "run.lock",
            "images.csv",
            "table.csv",
            "table.md",
            "table.json",
            "links.csv",
            "links.json",
            "erasure.csv",
            "erasure.json",
            "point.json",
            "gallery.json",
            "front.csv",
            "front.json",
            "models.csv",
            "models.md",
            "models.json",
            "classes.csv",
            "confusion.csv",
            "calibration.csv",
            "promise.json",
            "speed.json",
            "comparison.csv",
            "comparison.json",
            "comparison.md",
            "reproduction.html");

    private RunFiles() {}

    /**
     * Returns the files of a folder, whether or not they exist; among them are rows that were set aside, images.csv.1
     * and so on, and the names under which files are written, table.csv.partial and so on.
     */
    public static List<Path> of(Path folder) {
        Stream<Path> aside = IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> folder.resolve("images.csv." + number))
                .takeWhile(Files::exists);
        return Stream.of(NAMES.stream().map(folder::resolve), aside, partial(folder))
                .flatMap(files -> files)
                .toList();
    }

    /** Deletes what a killed run was writing. */
    static void deletePartial(Path folder) throws IOException {
        for (Path partial : partial(folder).toList()) {
            Files.deleteIfExists(partial);
        }
    }

    private static Stream<Path> partial(Path folder) {
        return NAMES.stream().map(name -> AtomicFile.partial(folder.resolve(name)));
    }
}
