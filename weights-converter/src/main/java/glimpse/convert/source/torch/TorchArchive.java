package glimpse.convert.source.torch;

import glimpse.convert.error.ConvertException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip archive that {@code torch.save} writes: {@code NAME/data.pkl}, and {@code NAME/data/KEY} for each storage,
 * all uncompressed. Nothing is ever extracted to a file.
 */
final class TorchArchive implements AutoCloseable {
    private static final String PICKLE = "data.pkl";
    private static final long MAX_PICKLE_BYTES = 4 << 20; // large models' pickles are well below 1 MiB

    private final String name;
    private final long fileBytes;
    private final ZipFile zip;
    private final String folder;

    private TorchArchive(String name, long fileBytes, ZipFile zip, String folder) {
        this.name = name;
        this.fileBytes = fileBytes;
        this.zip = zip;
        this.folder = folder;
    }

    static TorchArchive open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw new ConvertException(path + ": not a readable zip archive: " + e.getMessage(), e);
        }
        boolean opened = false;
        try {
            TorchArchive archive = new TorchArchive(path.toString(), Files.size(path), zip, folder(path, zip));
            archive.checkByteOrder();
            opened = true;
            return archive;
        } finally {
            if (!opened) {
                zip.close();
            }
        }
    }

    /** Returns the folder that holds the pickle, checking the names of all entries. */
    private static String folder(Path path, ZipFile zip) throws ConvertException {
        String folder = "";
        int pickles = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String entryName = entry.getName();
            boolean escapes = entryName.startsWith("/")
                    || entryName.contains("\\")
                    || entryName.contains(":")
                    || ("/" + entryName + "/").contains("/../");
            if (escapes) {
                throw new ConvertException(path + ": entry " + PickleReader.shown(entryName)
                        + " has a path that leads out of the archive");
            }
            if (entryName.equals(PICKLE) || entryName.endsWith("/" + PICKLE)) {
                folder = entryName.substring(0, entryName.length() - PICKLE.length());
                pickles++;
            }
        }
        if (pickles != 1) {
            throw new ConvertException(path + ": a zip archive with " + pickles
                    + " entries data.pkl, expected one as in a PyTorch checkpoint");
        }
        return folder;
    }

    private void checkByteOrder() throws IOException {
        ZipEntry entry = zip.getEntry(folder + "byteorder");
        if (entry == null) {
            return;
        }
        byte[] bytes = new byte[(int) Math.min(16, checked(entry).getSize())];
        read(entry, 0, bytes, bytes.length);
        String order = new String(bytes, StandardCharsets.US_ASCII);
        if (!order.equals("little")) {
            throw new ConvertException(name + ": byte order " + PickleReader.shown(order) + ", expected little");
        }
    }

    long fileBytes() {
        return fileBytes;
    }

    byte[] pickle() throws IOException {
        ZipEntry entry = entry(PICKLE);
        if (entry.getSize() > MAX_PICKLE_BYTES) {
            throw new ConvertException(
                    name + ": a pickle of " + entry.getSize() + " bytes, expected at most " + MAX_PICKLE_BYTES);
        }
        byte[] pickle = new byte[(int) entry.getSize()];
        read(entry, 0, pickle, pickle.length);
        return pickle;
    }

    /** Returns the size of a storage in bytes. */
    long storageBytes(String key) throws ConvertException {
        return entry("data/" + key).getSize();
    }

    /** Reads {@code count} bytes of a storage. */
    void read(String key, long first, byte[] destination, int count) throws IOException {
        read(entry("data/" + key), first, destination, count);
    }

    private void read(ZipEntry entry, long first, byte[] destination, int count) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            in.skipNBytes(first);
            if (in.readNBytes(destination, 0, count) == count) {
                return;
            }
        } catch (ZipException | EOFException e) {
            // the same message as for an entry that ends early
        }
        throw new ConvertException(
                name + ": entry " + PickleReader.shown(entry.getName()) + " is truncated or corrupt");
    }

    private ZipEntry entry(String inFolder) throws ConvertException {
        ZipEntry entry = zip.getEntry(folder + inFolder);
        if (entry == null) {
            throw new ConvertException(name + ": entry " + PickleReader.shown(folder + inFolder) + " is missing");
        }
        return checked(entry);
    }

    /** Checks that an entry is uncompressed, and therefore no larger than the file. */
    private ZipEntry checked(ZipEntry entry) throws ConvertException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new ConvertException(name + ": entry " + PickleReader.shown(entry.getName())
                    + " is compressed, expected uncompressed as torch.save writes it");
        }
        if (entry.getSize() > fileBytes) {
            throw new ConvertException(
                    name + ": entry " + PickleReader.shown(entry.getName()) + " is larger than the file");
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
