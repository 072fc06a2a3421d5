package glimpse.evaluation.listing;

import glimpse.evaluation.listing.ImageListing.ImageFile;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the image files under a folder and what has to be skipped there. */
final class ImageFinder extends SimpleFileVisitor<Path> {
    private static final Set<String> UNSUPPORTED = Set.of(
            "gif", "apng", "bmp", "dib", "tif", "tiff", "jp2", "j2k", "jpf", "jpx", "jxl", "jxr", "avif", "heic",
            "heif", "jfif", "jpe", "ppm", "pgm", "pbm", "pnm", "pam", "tga", "ico", "svg", "psd", "exr", "hdr", "dds",
            "dng", "cr2", "cr3", "nef", "arw", "raw", "qoi");

    private final Path folder;
    private final List<ImageFile> files = new ArrayList<>();
    private final SkippedFiles skipped = new SkippedFiles();

    ImageFinder(Path folder) {
        this.folder = folder;
    }

    /** Returns the images, in no particular order. */
    List<ImageFile> files() {
        return files;
    }

    /** Returns whether a file is, by its suffix, an image in a format that can't be decoded. */
    static boolean isUnsupported(String name) {
        return UNSUPPORTED.contains(ImageListing.suffix(name));
    }

    SkippedFiles skipped() {
        return skipped;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
        return ImageListing.isHidden(name(path)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
        String name = name(path);
        if (attributes.isRegularFile() && ImageListing.isImage(name)) {
            files.add(new ImageFile(name, path, attributes.size()));
        } else if (attributes.isSymbolicLink()
                && ImageListing.isImage(name)) { // links that lead somewhere are followed
            skipped.danglingLink(name);
        } else if (attributes.isRegularFile() && !ImageListing.isHidden(name) && isUnsupported(name)) {
            skipped.unsupported(name, ImageListing.suffix(name));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
        if (path.equals(folder)) {
            throw e;
        }
        String name = name(path);
        if (ImageListing.isHidden(name)) {
            return FileVisitResult.CONTINUE;
        }
        if (e instanceof FileSystemLoopException) {
            skipped.loop(name);
        } else {
            skipped.unreadable(name);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) throws IOException {
        return e == null ? FileVisitResult.CONTINUE : visitFileFailed(path, e);
    }

    private String name(Path path) {
        return folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
