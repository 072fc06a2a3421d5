package glimpse.evaluation.listing;

import glimpse.engine.image.ImageFormatException;
import glimpse.evaluation.tar.TarIndex;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image files under a folder, found by their suffixes, without hidden files and folders.
 *
 * @param files the images, sorted by name
 * @param topFolders the folders directly in the listed one that hold images, or something that was skipped because it
 *     can't be read or isn't in a supported format
 * @param remarks what was skipped, one line each
 */
public record ImageListing(List<ImageFile> files, Set<String> topFolders, List<String> remarks) {
    private static final Set<String> SUFFIXES = Set.of("jpeg", "jpg", "png", "webp");

    /** Copies the lists. */
    public ImageListing {
        files = List.copyOf(files);
        topFolders = Collections.unmodifiableSet(new TreeSet<>(topFolders)); // sorted
        remarks = List.copyOf(remarks);
    }

    /**
     * An image file.
     *
     * @param name its path under the folder or in the archive, separated by '/'
     * @param path its path, or the archive's
     * @param archived where the image begins in the archive; empty if it is a file of its own
     * @param bytes its length
     */
    public record ImageFile(String name, Path path, OptionalLong archived, long bytes) {
        private static final long MAX_BYTES = 1L << 28;

        /** Makes an image that is a file of its own. */
        ImageFile(String name, Path path, long bytes) {
            this(name, path, OptionalLong.empty(), bytes);
        }

        /** Returns an image in an archive. */
        static ImageFile inside(Path archive, String name, long offset, long bytes) {
            return new ImageFile(name, archive, OptionalLong.of(offset), bytes);
        }

        /**
         * Reads the file's content.
         *
         * @throws ImageFormatException if it is too long for an image
         * @throws IOException if it can't be read
         */
        public byte[] content() throws IOException {
            if (bytes > MAX_BYTES) {
                throw new ImageFormatException("more than " + MAX_BYTES + " bytes, too large for an image");
            }
            return archived.isPresent()
                    ? TarIndex.content(path, archived.getAsLong(), (int) bytes)
                    : Files.readAllBytes(path);
        }

        /** Returns the same image with a name that lacks the first folder. */
        public ImageFile withoutTopFolder() {
            return new ImageFile(name.substring(name.indexOf('/') + 1), path, archived, bytes);
        }

        /** Returns the first folder of the name; an empty string for a file directly in the listed folder. */
        public String topFolder() {
            return name.substring(0, Math.max(name.indexOf('/'), 0));
        }

        /** Returns the name without folders. */
        public String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /**
     * Lists a folder and everything below it, following links. A link that leads back to a folder it is in is skipped,
     * and so is what can't be read.
     *
     * @throws DatasetException if it isn't a readable folder or has no images
     */
    public static ImageListing of(Path folder) throws DatasetException {
        if (!Files.exists(folder)) {
            throw new DatasetException(folder + ": no such folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + ": not a folder");
        }
        ImageFinder finder = new ImageFinder(folder);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, finder);
        } catch (AccessDeniedException e) {
            throw new DatasetException(folder + ": can't be listed: access denied", e);
        } catch (IOException e) {
            throw new DatasetException(folder + ": can't be listed: " + e, e);
        }
        List<ImageFile> files = finder.files().stream()
                .sorted(Comparator.comparing(ImageFile::name))
                .toList();
        Set<String> topFolders = new TreeSet<>(finder.skipped().topFolders());
        files.forEach(file -> topFolders.add(file.topFolder()));
        return of(files, topFolders, finder.skipped().lines(), folder);
    }

    /**
     * Returns a listing.
     *
     * @param skipped what was skipped, one line each
     * @param where what was listed, for remarks and errors
     * @throws DatasetException if there are no images
     */
    static ImageListing of(List<ImageFile> files, Set<String> topFolders, List<String> skipped, Path where)
            throws DatasetException {
        if (files.isEmpty()) {
            throw new DatasetException(where + ": has no images (.jpeg, .jpg, .png or .webp)"
                    + (skipped.isEmpty() ? "" : "; " + String.join("; ", skipped)));
        }
        return new ImageListing(
                files,
                topFolders,
                skipped.stream().map(line -> where + ": " + line).toList());
    }

    /**
     * Returns whether a file of this name, which may have folders separated by '/', is an image by its suffix and not
     * hidden.
     */
    public static boolean isImage(String name) {
        return !isHidden(name) && hasSuffix(name);
    }

    /** Returns whether a path has the suffix of an image. */
    static boolean hasSuffix(String path) {
        return SUFFIXES.contains(suffix(path));
    }

    /** Returns whether a file or folder of this name, or a folder it is in, is hidden. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }

    /** Returns the suffix of a file's name in lower case, without the dot; an empty string if there is none. */
    static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    }
}
