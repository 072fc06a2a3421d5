package glimpse;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small packages and small files, in every module of the project. */
class SourceTreeTest {
    private static final long MOST_TYPES = 25;
    private static final long MOST_LINES = 350;
    private static final Path MAIN = Path.of("src", "main", "java");

    private final Path root = Path.of("..").toAbsolutePath().normalize();

    /** Returns the Java files below the project's folder, but none that a build wrote or downloaded. */
    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean made = folder.endsWith("target")
                        || String.valueOf(folder.getFileName()).startsWith(".");
                return made && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    sources.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    /** A package with more has more than one subject. */
    @Test
    void noPackageHasMoreThan25Types() throws IOException {
        Map<Path, Long> types = sources().stream()
                .filter(file -> file.toString().contains(MAIN.toString()) && isType(file))
                .collect(groupingBy(Path::getParent, counting()));
        assertThat(types)
                .containsKeys(
                        Path.of("engine").resolve(MAIN).resolve("glimpse/engine"),
                        Path.of("collab", "cli").resolve(MAIN).resolve("glimpse/cli"),
                        Path.of("bench").resolve(MAIN).resolve("glimpse/bench"))
                .allSatisfy(
                        (name, count) -> assertThat(count).as(name.toString()).isLessThanOrEqualTo(MOST_TYPES));
    }

    private static boolean isType(Path file) {
        return !file.endsWith("package-info.java") && !file.endsWith("module-info.java");
    }

    @Test
    void noFileHasMoreThan350Lines() throws IOException {
        assertThat(sources())
                .hasSizeGreaterThan(1000)
                .allSatisfy(file -> assertThat(root.resolve(file))
                        .content()
                        .satisfies(text -> assertThat(text.lines().count())
                                .as(file.toString())
                                .isLessThanOrEqualTo(MOST_LINES)));
    }
}
