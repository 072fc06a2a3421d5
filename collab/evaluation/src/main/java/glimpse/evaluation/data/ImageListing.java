package glimpse.evaluation.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The image files under a folder, told by their suffixes, sorted by name. Whatever is hidden is left out. */
final class ImageListing {
    private static final Set<String> SUFFIXES = Set.of("jpeg", "jpg", "png", "webp");

    private ImageListing() {}

    /**
     * A file with its path under the folder, '/' between.
     *
     * @param name its path under the folder
     * @param path where it is
     * @param bytes its length
     */
    record ImageFile(String name, Path path, long bytes) {
        /** The first folder of the name; empty for a file directly in the folder that was listed. */
        String topFolder() {
            return name.substring(0, Math.max(name.indexOf('/'), 0));
        }

        /** The name without its folders. */
        String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /**
     * Lists a folder and all below it, links followed.
     *
     * @throws DatasetException if it isn't a readable folder or holds no image
     */
    static List<ImageFile> of(Path folder) throws DatasetException {
        if (!Files.exists(folder)) {
            throw new DatasetException(folder + ": no such folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + ": not a folder");
        }
        List<ImageFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path)
                        .toString()
                        .replace(path.getFileSystem().getSeparator(), "/");
                if (isImage(name) && Files.isRegularFile(path)) {
                    files.add(new ImageFile(name, path, Files.size(path)));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(folder + ": can't be listed: " + e, e);
        }
        if (files.isEmpty()) {
            throw new DatasetException(folder + ": holds no image (.jpeg, .jpg, .png or .webp)");
        }
        files.sort(Comparator.comparing(ImageFile::name));
        return List.copyOf(files);
    }

    private static boolean isImage(String name) {
        boolean hidden = name.startsWith(".") || name.contains("/.");
        int dot = name.lastIndexOf('.');
        return !hidden && dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
