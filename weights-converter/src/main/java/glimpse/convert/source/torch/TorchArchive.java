package glimpse.convert.source.torch;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<String, ZipEntry> entries; // by name: looking it up in a ZipFile can be slow by design
    private final String folder;

    private TorchArchive(Path path, long fileBytes, ZipFile zip) throws ConvertException {
        this.name = path.toString();
        this.fileBytes = fileBytes;
        this.zip = zip;
        this.entries = entries(path, zip);
        this.folder = folder(path, entries);
    }

    static TorchArchive open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (EOFException e) {
            throw new ConvertException(path + ": not a readable zip archive: its directory lies beyond its end", e);
        } catch (ZipException | IllegalArgumentException e) {
            throw new ConvertException(path + ": not a readable zip archive: " + e.getMessage(), e);
        }
        boolean opened = false;
        try {
            TorchArchive archive = new TorchArchive(path, Files.size(path), zip);
            archive.checkByteOrder();
            opened = true;
            return archive;
        } finally {
            if (!opened) {
                zip.close();
            }
        }
    }

    /** Returns the entries, checking their names. */
    private static Map<String, ZipEntry> entries(Path path, ZipFile zip) throws ConvertException {
        Map<String, ZipEntry> entries = new HashMap<>();
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            String entryName = entry.getName();
            boolean escapes = entryName.startsWith("/")
                    || entryName.contains("\\")
                    || entryName.contains(":")
                    || ("/" + entryName + "/").contains("/../");
            if (escapes) {
                throw new ConvertException(
                        path + ": entry " + Excerpt.quoted(entryName) + " has a path that leads out of the archive");
            }
            if (entries.put(entryName, entry) != null) {
                throw new ConvertException(
                        path + ": two entries " + Excerpt.quoted(entryName) + ", expected one of each name");
            }
        }
        return entries;
    }

    /** Returns the folder that holds the pickle. */
    private static String folder(Path path, Map<String, ZipEntry> entries) throws ConvertException {
        String folder = "";
        int pickles = 0;
        for (String entryName : entries.keySet()) {
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
        ZipEntry entry = entries.get(folder + "byteorder");
        if (entry == null) {
            return;
        }
        byte[] bytes = new byte[(int) Math.min(16, checked(entry).getSize())];
        read(entry, 0, bytes, bytes.length);
        String order = new String(bytes, StandardCharsets.US_ASCII);
        if (!order.equals("little")) {
            throw new ConvertException(name + ": byte order " + Excerpt.quoted(order) + ", expected little");
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
        throw new ConvertException(name + ": entry " + Excerpt.quoted(entry.getName()) + " is truncated or corrupt");
    }

    private ZipEntry entry(String inFolder) throws ConvertException {
        ZipEntry entry = entries.get(folder + inFolder);
        if (entry == null) {
            throw new ConvertException(name + ": entry " + Excerpt.quoted(folder + inFolder) + " is missing");
        }
        return checked(entry);
    }

    /** Checks that an entry is uncompressed, and therefore no larger than the file. */
    private ZipEntry checked(ZipEntry entry) throws ConvertException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new ConvertException(name + ": entry " + Excerpt.quoted(entry.getName())
                    + " is compressed, expected uncompressed as torch.save writes it");
        }
        if (entry.getSize() < 0 || entry.getSize() > fileBytes) {
            throw new ConvertException(
                    name + ": entry " + Excerpt.quoted(entry.getName()) + " is larger than the file");
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
