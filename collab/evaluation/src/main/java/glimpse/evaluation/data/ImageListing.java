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

/** Lists the image files under a folder by their suffixes, sorted by name, without hidden files and folders. */
public final class ImageListing {
    private static final Set<String> SUFFIXES = Set.of("jpeg", "jpg", "png", "webp");

    private ImageListing() {}

    /**
     * An image file.
     *
     * @param name its path under the folder, separated by '/'
     * @param path its path
     * @param bytes its length
     */
    public record ImageFile(String name, Path path, long bytes) {
        /** Returns the first folder of the name; an empty string for a file directly in the listed folder. */
        String topFolder() {
            return name.substring(0, Math.max(name.indexOf('/'), 0));
        }

        /** Returns the name without folders. */
        String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /**
     * Lists a folder and everything below it, following links.
     *
     * @throws DatasetException if it isn't a readable folder or has no images
     */
    public static List<ImageFile> of(Path folder) throws DatasetException {
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
            throw new DatasetException(folder + ": has no images (.jpeg, .jpg, .png or .webp)");
        }
        files.sort(Comparator.comparing(ImageFile::name));
        return List.copyOf(files);
    }

    /**
     * Returns whether a file of this name, which may have folders separated by '/', is an image by its suffix and not
     * hidden.
     */
    public static boolean isImage(String name) {
        boolean hidden = name.startsWith(".") || name.contains("/.");
        int dot = name.lastIndexOf('.');
        return !hidden && dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
