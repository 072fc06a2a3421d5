package glimpse.convert;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real weights and images, which aren't part of the project; CONTRIBUTING.md lists them. */
final class SharedFolder {
    private static final String NAME = "GLIMPSE_SHARED";

    private SharedFolder() {}

    /** Returns a file or folder of it; if it doesn't exist, the test is skipped with a message. */
    static Path require(String path) {
        Path file = folder().resolve(path);
        assumeTrue(
                Files.exists(file), () -> "skipped: " + file + " isn't there; " + NAME + " names the folder it is in");
        return file;
    }

    private static Path folder() {
        return Optional.ofNullable(System.getProperty(NAME))
                .or(() -> Optional.ofNullable(System.getenv(NAME)))
                .map(Path::of)
                .orElseGet(() -> Path.of("..", "..", "shared")); // tests run in the module's folder
    }
}
