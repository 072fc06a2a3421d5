package glimpse.evaluation.listing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tar archives that a path stands for: one, a name with ranges, or a folder of archives and nothing to list. */
public final class TarShards {
    private static final String SUFFIX = ".tar";

    private TarShards() {}

    /** Returns whether a name is that of a tar archive, by its suffix. */
    public static boolean isNamed(Path path) {
        return ("" + path.getFileName()).endsWith(SUFFIX);
    }

    /** Returns whether a folder holds tar archives, and neither images nor folders. */
    public static boolean isFolder(Path folder) throws IOException {
        return !in(folder).isEmpty();
    }

    /**
     * Lists the images of all archives.
     *
     * @param path an archive, a name with ranges, or a folder
     * @param sidecars whether to read the classes in WebDataset's form
     * @throws DatasetException if there are none, or one isn't a tar archive
     */
    public static TarImages images(Path path, boolean sidecars) throws DatasetException {
        if (!Files.isDirectory(path)) {
            List<Path> archives = ShardNames.expand(path);
            return TarImages.of(archives, path, sidecars, archives.size() > 1);
        }
        try {
            return TarImages.of(in(path), path, sidecars, true);
        } catch (DatasetException e) {
            throw e;
        } catch (IOException e) {
            throw new DatasetException(path + ": can't be listed: " + e, e);
        }
    }

    private static List<Path> in(Path folder) throws IOException {
        List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = "" + entry.getFileName();
                if (ImageListing.isHidden(name)) {
                    continue;
                }
                if (ImageListing.isImage(name) || Files.isDirectory(entry)) {
                    return List.of();
                }
                if (isNamed(entry)) {
                    archives.add(entry);
                }
            }
        }
        return archives.stream().sorted().toList();
    }
}
