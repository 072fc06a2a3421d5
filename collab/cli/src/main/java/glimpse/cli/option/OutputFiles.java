package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks files that a command is going to write, so that the error names the option and comes before the work. */
public final class OutputFiles {
    private OutputFiles() {}

    /**
     * Returns the file.
     *
     * @throws UsageException naming the option if the file is a folder, or its folder doesn't exist
     */
    public static Path require(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw new UsageException(option + " " + file + ": is a folder, expected a file name");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException(option + " " + file + ": the folder " + folder + " doesn't exist");
        }
        return file;
    }
}
