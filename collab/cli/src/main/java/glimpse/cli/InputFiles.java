package glimpse.cli;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.FashionMnist;
import glimpse.evaluation.data.ImageFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

    /**
     * Reads an image file, or an image that comes with the program.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    static RgbImage readImage(Path file) throws IOException {
        Optional<Path> embedded = Files.exists(file) ? Optional.empty() : FashionMnist.file(file.toString());
        return ImageFileReader.read(embedded.orElse(file));
    }

    /** The file, if there is one, or else a model that comes with the program. */
    static Path requireOrEmbedded(String option, Path file) throws IOException {
        Optional<Path> embedded = Files.exists(file) ? Optional.empty() : FashionMnist.file(file.toString());
        return embedded.isPresent() ? embedded.get() : require(option, file);
    }
}
