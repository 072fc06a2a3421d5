package glimpse.evaluation.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The space left where files are written. */
public final class DiskSpace {
    private static final double MEGABYTE = 1e6;

    private DiskSpace() {}

    /**
     * Checks that there is room for what is going to be written.
     *
     * @param folder an existing folder
     * @param bytes what is going to be written there
     * @throws IOException naming the folder, what is needed and what is left
     */
    public static void require(Path folder, long bytes) throws IOException {
        long left = Files.getFileStore(folder).getUsableSpace();
        if (left < bytes) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: %.0f MB are free, expected at least the %.0f MB that the rows of all images take",
                    folder,
                    Math.floor(left / MEGABYTE),
                    Math.ceil(bytes / MEGABYTE)));
        }
    }
}
