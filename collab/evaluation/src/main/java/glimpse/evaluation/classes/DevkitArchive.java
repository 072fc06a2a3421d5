package glimpse.evaluation.classes;

import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.tar.TarEntry;
import glimpse.evaluation.tar.TarException;
import glimpse.evaluation.tar.TarIndex;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The ILSVRC2012 development kit as it is downloaded, an archive. Immutable.
 *
 * @param labels the lines of its validation labels: an ILSVRC2012_ID for each image, in the order of the images' names
 * @param classes what the ILSVRC2012_IDs stand for
 */
record DevkitArchive(List<String> labels, DevkitClasses classes) {
    private static final List<String> FILE_NAMES = List.of("ILSVRC2012_devkit_t12.tar.gz", "ILSVRC2012_devkit_t12.tar");
    private static final List<String> SUFFIXES = List.of(".tar.gz", ".tgz", ".tar");
    private static final String LABELS = "ILSVRC2012_validation_ground_truth.txt";
    private static final int MAX_UNPACKED_BYTES = 1 << 26; // the kit's own has a tenth of it
    private static final int MAX_BYTES = 1 << 23; // of a file in it
    private static final int BUFFER_BYTES = 1 << 16;

    /** Copies the list. */
    DevkitArchive {
        labels = List.copyOf(labels);
    }

    /** Returns whether a file is an archive, by its suffix. */
    static boolean isNamed(Path file) {
        return SUFFIXES.stream().anyMatch(("" + file.getFileName())::endsWith);
    }

    /** Returns the kit beside images, under its usual name; empty if there is none. */
    static Optional<Path> beside(Path images) {
        return FILE_NAMES.stream()
                .map(images::resolveSibling)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Reads an archive.
     *
     * @throws DatasetException naming the file and what is wrong with it
     */
    static DevkitArchive read(Path file) throws DatasetException {
        try {
            if (("" + file.getFileName()).endsWith(".tar")) {
                return read(file, file);
            }
            Path unpacked = Files.createTempFile("glimpse-devkit-", ".tar");
            try {
                unpack(file, unpacked);
                return read(unpacked, file);
            } finally {
                Files.deleteIfExists(unpacked);
            }
        } catch (DatasetException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new DatasetException(file + ": no such file", e);
        } catch (ZipException | EOFException e) {
            throw new DatasetException(file + ": not a whole gzip file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DatasetException(file + ": can't be read: " + e, e);
        }
    }

    private static void unpack(Path file, Path target) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER_BYTES);
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > MAX_UNPACKED_BYTES) {
                    throw new DatasetException(file + ": unpacks to more than " + MAX_UNPACKED_BYTES
                            + " bytes, too many for the development kit");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /**
     * Reads an unpacked archive.
     *
     * @param file what it was unpacked from, for errors
     */
    private static DevkitArchive read(Path tar, Path file) throws IOException {
        TarIndex index;
        try {
            index = TarIndex.read(tar);
        } catch (TarException e) {
            throw new DatasetException(("" + e.getMessage()).replace(tar.toString(), file.toString()), e);
        }
        TarEntry labels = find(index, LABELS)
                .orElseThrow(() -> new DatasetException(file + ": has no file " + LABELS
                        + ", expected ILSVRC2012's development kit or a text file with the labels"));
        for (String name : DevkitClasses.FILE_NAMES) {
            Optional<TarEntry> classes = find(index, name);
            if (classes.isPresent()) {
                return new DevkitArchive(
                        new String(content(tar, labels, file), StandardCharsets.UTF_8)
                                .lines()
                                .toList(),
                        DevkitClasses.parse(file + ": " + classes.get().name(), content(tar, classes.get(), file)));
            }
        }
        throw new DatasetException(file + ": has no file " + String.join(" or ", DevkitClasses.FILE_NAMES));
    }

    private static Optional<TarEntry> find(TarIndex index, String name) {
        return index.files().stream()
                .filter(entry -> entry.name()
                        .substring(entry.name().lastIndexOf('/') + 1)
                        .equals(name))
                .findFirst();
    }

    private static byte[] content(Path tar, TarEntry entry, Path file) throws IOException {
        if (entry.bytes() > MAX_BYTES) {
            throw new DatasetException(file + ": " + entry.name() + " has more than " + MAX_BYTES + " bytes");
        }
        return TarIndex.content(tar, entry.offset(), (int) entry.bytes());
    }
}
