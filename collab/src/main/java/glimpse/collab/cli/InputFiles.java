package glimpse.collab.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks on files that the user named, so that the error says which option named them. */
final class InputFiles {
    private InputFiles() {}

    /** The file, if there is one. */
    static Path require(String option, Path file) {
        if (!Files.exists(file)) {
            throw new UsageException(option + " " + file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(option + " " + file + ": is a folder, expected a file");
        }
        return file;
    }
}
