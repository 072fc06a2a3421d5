package glimpse.evaluation.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an uncompressed tar archive, found in one pass over the headers: ustar, pax (path and size) and GNU tar
 * (long names, large sizes). Where a name occurs again, the last file counts, as when the archive is unpacked.
 *
 * @param files the regular files and hard links to them, in the order of the archive
 * @param links the names of what leads elsewhere or has holes: symbolic links, hard links to nothing, sparse files
 */
public record TarIndex(List<TarEntry> files, List<String> links) {
    private static final int MAX_NAME_BYTES = 1 << 20; // of a long name or a pax header

    /** Copies the lists. */
    public TarIndex {
        files = List.copyOf(files);
        links = List.copyOf(links);
    }

    /** Returns whether a file begins with a tar header. */
    public static boolean matches(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel.size() < TarHeader.BYTES) {
                return false;
            }
            TarHeader header = new TarHeader(read(channel, 0, TarHeader.BYTES));
            return !header.isEnd() && header.isValid();
        }
    }

    /**
     * Reads the headers of an archive.
     *
     * @throws TarException if it isn't a whole archive
     * @throws IOException if the file can't be read
     */
    public static TarIndex read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return new Reader(file, channel, channel.size()).read();
        }
    }

    /**
     * Reads a file's content.
     *
     * @throws IOException if it can't be read, or the archive has become shorter
     */
    public static byte[] content(Path archive, long offset, int bytes) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(archive)) {
            return read(channel, offset, bytes);
        }
    }

    private static byte[] read(SeekableByteChannel channel, long offset, int bytes) throws IOException {
        if (bytes > channel.size() - offset) {
            throw new TarException(
                    "the archive ends at byte " + channel.size() + ", expected at least " + (offset + bytes));
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        channel.position(offset);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new TarException("the archive became shorter while it was read");
            }
        }
        return buffer.array();
    }

    private static final class Reader {
        private final Path path;
        private final SeekableByteChannel channel;
        private final long length;
        private final Map<String, TarEntry> files = new LinkedHashMap<>();
        private final List<String> links = new ArrayList<>();
        private String longName = "";
        private String longLink = "";
        private Map<String, String> pax = Map.of();

        Reader(Path path, SeekableByteChannel channel, long length) {
            this.path = path;
            this.channel = channel;
            this.length = length;
        }

        TarIndex read() throws IOException {
            long at = 0;
            while (at + TarHeader.BYTES <= length) {
                TarHeader header = new TarHeader(TarIndex.read(channel, at, TarHeader.BYTES));
                if (header.isEnd()) {
                    break;
                }
                if (!header.isValid()) {
                    throw new TarException(path + ": no tar header at byte " + at);
                }
                at = entry(header, at + TarHeader.BYTES);
            }
            if (at == 0 && length % TarHeader.BYTES != 0) {
                throw new TarException(path + ": not a tar archive");
            }
            return new TarIndex(List.copyOf(files.values()), links);
        }

        /** Takes an entry and returns where the next header is. */
        private long entry(TarHeader header, long start) throws IOException {
            boolean extension = "xgLK".indexOf(header.type()) >= 0;
            String paxSize = extension ? "" : pax.getOrDefault("size", "");
            long size = paxSize.isEmpty() ? header.size() : decimal(paxSize);
            // links and folders may state a size that isn't there
            long stored = "123456".indexOf(header.type()) >= 0 ? 0 : size;
            if (stored < 0 || stored > length - start) {
                throw new TarException(path + ": the entry before byte " + start + " has "
                        + (stored < 0 ? "an invalid size" : stored + " bytes, but only " + (length - start) + " follow")
                        + "; is the archive complete?");
            }
            if (extension) {
                extension(header.type(), start, stored);
            } else {
                file(header, start, stored);
                longName = "";
                longLink = "";
                pax = Map.of();
            }
            return start + (stored + TarHeader.BYTES - 1) / TarHeader.BYTES * TarHeader.BYTES;
        }

        private void extension(char type, long start, long size) throws IOException {
            if (type == 'g') {
                return; // holds for all files, so it has none's name or size
            }
            if (size > MAX_NAME_BYTES) {
                throw new TarException(path + ": a name of " + size + " bytes at byte " + start + ", expected at most "
                        + MAX_NAME_BYTES);
            }
            byte[] content = TarIndex.read(channel, start, (int) size);
            switch (type) {
                case 'L' -> longName = untilZero(content);
                case 'K' -> longLink = untilZero(content);
                default ->
                    pax = PaxRecords.parse(content)
                            .orElseThrow(() -> new TarException(path + ": invalid pax header at byte " + start));
            }
        }

        private void file(TarHeader header, long start, long size) {
            String name = plain(pax.getOrDefault("path", longName.isEmpty() ? header.name() : longName));
            boolean sparse =
                    header.type() == 'S' || pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
            if (name.isEmpty() || name.endsWith("/")) {
                return;
            }
            switch (header.type()) {
                case '0', '\0', '7', 'S' -> {
                    if (sparse) {
                        link(name);
                    } else {
                        put(new TarEntry(name, start, size));
                    }
                }
                case '1' -> {
                    String target =
                            plain(pax.getOrDefault("linkpath", longLink.isEmpty() ? header.linkName() : longLink));
                    TarEntry entry = files.get(target);
                    if (entry == null) {
                        link(name);
                    } else {
                        put(new TarEntry(name, entry.offset(), entry.bytes()));
                    }
                }
                case '2' -> link(name);
                default -> {} // folders and devices
            }
        }

        private void put(TarEntry entry) {
            files.remove(entry.name());
            files.put(entry.name(), entry);
        }

        private void link(String name) {
            files.remove(name);
            links.add(name);
        }

        private static String plain(String name) {
            int start = 0;
            while (name.startsWith("./", start) || name.startsWith("/", start)) {
                start += name.charAt(start) == '/' ? 1 : 2;
            }
            return name.substring(start);
        }

        private static String untilZero(byte[] content) {
            String text = new String(content, StandardCharsets.UTF_8);
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        }

        private static long decimal(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                return -1;
            }
        }
    }
}
