package glimpse.cli.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What an image's file was when it was looked at: a file of the same name with another length or time is another image.
 *
 * @param image the file's path as text
 * @param bytes its length
 * @param modifiedMillis when it was last modified, in milliseconds since 1970
 */
public record ImageVersion(String image, long bytes, long modifiedMillis) {
    /** Returns what the file is now; empty if it isn't there, or isn't a regular file. */
    public static Optional<ImageVersion> of(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.isRegularFile()
                    ? Optional.of(new ImageVersion(
                            file.toString(), now.size(), now.lastModifiedTime().toMillis()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
