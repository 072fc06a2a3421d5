package glimpse.evaluation.listing;

import glimpse.evaluation.io.BoundedText;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.listing.ImageListing.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A UTF-8 text file that lists images: on each line a path, absolute or from the file's folder, and a class, separated
 * by a tab or, without one, by the last comma or, without one, by the last space. Paths may be quoted as in CSV. The
 * images keep the list's order and have its paths as names. The first line may be a header.
 *
 * @param listing the images
 * @param classes the text of each image's class
 */
public record ImageList(ImageListing listing, List<String> classes) {
    private static final Pattern CLASS = Pattern.compile("\\d+|n\\d{8}");

    /** Copies the list. */
    public ImageList {
        classes = List.copyOf(classes);
    }

    /**
     * Reads a list.
     *
     * @throws DatasetException naming the file and the line if it isn't such a list, or there is no image
     */
    public static ImageList read(Path file) throws DatasetException {
        SkippedFiles skipped = new SkippedFiles();
        List<ImageFile> images = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        Set<Path> paths = new HashSet<>();
        int number = 0;
        for (String line : (Iterable<String>) text(file).lines()::iterator) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String where = file + ": line " + number;
            List<String> columns = columns(line.strip(), where);
            String name = columns.getFirst();
            if (number == 1 && isHeader(columns)) {
                continue;
            }
            ImageFile image = image(name, file, where, skipped);
            if (image != null && !paths.add(image.path().normalize())) {
                throw new DatasetException(where + ": " + name + " is listed twice");
            }
            if (image != null) {
                images.add(image);
                classes.add(columns.getLast());
            }
        }
        return new ImageList(ImageListing.of(images, Set.of(), skipped.lines(), file), classes);
    }

    private static String text(Path file) throws DatasetException {
        try {
            return BoundedText.read(file);
        } catch (IllegalArgumentException e) {
            throw new DatasetException("" + e.getMessage(), e);
        } catch (IOException e) {
            throw new DatasetException(file + ": can't be read: " + e, e);
        }
    }

    private static List<String> columns(String line, String where) throws DatasetException {
        if (line.startsWith("\"")) {
            List<String> fields = Csv.parse(line + '\n', 0)
                    .map(Csv.ParsedRecord::fields)
                    .orElseThrow(() -> new DatasetException(where + ": the quotation marks don't match"));
            if (fields.size() == 2) {
                return fields.stream().map(String::strip).toList();
            }
        }
        for (char separator : new char[] {'\t', ',', ' '}) {
            int at = line.lastIndexOf(separator);
            if (at > 0) {
                return List.of(
                        line.substring(0, at).strip(), line.substring(at + 1).strip());
            }
        }
        throw new DatasetException(where + ": '" + line + "', expected the path of an image and its class");
    }

    /** Returns whether no column of a line ends as an image's path does, nor is the last one a class. */
    private static boolean isHeader(List<String> columns) {
        return !CLASS.matcher(columns.getLast()).matches()
                && columns.stream()
                        .noneMatch(column -> ImageListing.hasSuffix(column) || ImageFinder.isUnsupported(column));
    }

    /** Returns an image; null if it has to be skipped. */
    private static @Nullable ImageFile image(String name, Path file, String where, SkippedFiles skipped)
            throws DatasetException {
        if (ImageFinder.isUnsupported(name)) {
            skipped.unsupported(name, ImageListing.suffix(name));
            return null;
        }
        Path path = path(name, file, where);
        if (!ImageListing.isImage(path.getFileName() == null ? "" : "" + path.getFileName())) {
            throw new DatasetException(where + ": " + name + " isn't an image (.jpeg, .jpg, .png or .webp)");
        }
        try {
            if (Files.isRegularFile(path)) {
                return new ImageFile(name, path, Files.size(path));
            }
        } catch (IOException e) {
            // as if there were none
        }
        skipped.unreadable(name);
        return null;
    }

    private static Path path(String name, Path file, String where) throws DatasetException {
        try {
            return file.resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new DatasetException(where + ": '" + name + "' is no path", e);
        }
    }
}
