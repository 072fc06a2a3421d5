package glimpse.cli.file;

import glimpse.cli.error.UsageException;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.rows.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks files that a command is going to write, so that the error names the option and comes before the work. */
public final class OutputFiles {
    private OutputFiles() {}

    /**
     * Returns the file.
     *
     * @param inputs what the command reads, whether or not it exists
     * @throws UsageException naming the option if the file is a folder, its folder doesn't exist, or it, or the name
     *     under which it is written, is one of the inputs, be it by another name or through a link
     */
    public static Path require(String option, Path file, List<Path> inputs) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UsageException(option + " " + file + ": is a folder, expected a file name");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException(option + " " + file + ": the folder " + folder + " doesn't exist");
        }
        requireNoInput(option, file, inputs);
        requireNoInput(option, AtomicFile.partial(file), inputs);
        return file;
    }

    /**
     * Checks a run's folder, whether or not it exists.
     *
     * @throws UsageException naming the option if it is a file or one of the inputs, or a file that the run writes in
     *     it is
     */
    public static void requireRunFolder(String option, Path folder, List<Path> inputs) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UsageException(option + " " + folder + ": is a file, expected a folder");
        }
        requireNoInput(option, folder, inputs);
        for (Path file : RunFiles.of(folder)) {
            requireNoInput(option, file, inputs);
        }
    }

    private static void requireNoInput(String option, Path output, List<Path> inputs) throws IOException {
        for (Path input : inputs) {
            if (Stream.of(output, input).allMatch(Files::exists) && Files.isSameFile(output, input)) {
                throw new UsageException(
                        option + " " + output + ": would overwrite the input " + input + "; choose another name");
            }
        }
    }
}
