package glimpse.evaluation.listing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that belong to a data set. */
public final class FileContent {
    private FileContent() {}

    /**
     * Reads a whole file.
     *
     * @param mostBytes the longest that it may be
     * @throws DatasetException naming the file if there is none, it can't be read, or it is longer
     */
    public static byte[] read(Path file, int mostBytes) throws DatasetException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(mostBytes + 1);
        } catch (NoSuchFileException e) {
            throw new DatasetException(file + ": no such file", e);
        } catch (IOException e) {
            throw new DatasetException(file + ": can't be read: " + e, e);
        }
        if (content.length > mostBytes) {
            throw new DatasetException(file + ": more than " + mostBytes + " bytes");
        }
        return content;
    }
}
