package glimpse.cli.file;

import glimpse.cli.error.UsageException;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.FashionMnist;
import glimpse.evaluation.data.ImageFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Checks files that an option names, so that the error names the option. */
public final class InputFiles {
    private InputFiles() {}

    /**
     * Returns the path that a text is.
     *
     * @throws UsageException naming the option if this system has no such paths
     */
    public static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(option + " " + text + ": not a path: " + e.getReason());
        }
    }

    /**
     * Returns the file.
     *
     * @throws UsageException naming the option if there is no such file, or it is a folder
     */
    public static Path require(String option, Path file) {
        if (!Files.exists(file)) {
            throw new UsageException(option + " " + file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(option + " " + file + ": is a folder, expected a file");
        }
        return file;
    }

    /**
     * Reads an image file or a built-in image.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    public static RgbImage readImage(Path file) throws IOException {
        Optional<RgbImage> builtIn = Files.exists(file) ? Optional.empty() : FashionMnist.image(file.toString());
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        if (Files.isDirectory(file)) {
            throw new ImageFormatException(file + ": is a folder, expected an image file");
        }
        return ImageFileReader.read(file);
    }
}
