package glimpse.convert.source.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds checkpoints entry by entry, for tests of malformed ones. */
final class Archive {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private int method = ZipEntry.STORED;

    /** A checkpoint with this pickle and a storage "0" of twelve bytes. */
    static Archive withPickle(byte[] pickle) {
        return new Archive().entry("archive/data.pkl", pickle).entry("archive/data/0", new byte[12]);
    }

    Archive entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    Archive compressed() {
        method = ZipEntry.DEFLATED;
        return this;
    }

    Path write(Path path) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                CRC32 crc = new CRC32();
                crc.update(content.getValue());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
                zip.closeEntry();
            }
        }
        return path;
    }

    /** Bytes of a pickle: text stands for its bytes, a number for one byte. */
    static byte[] pickle(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer number -> bytes.write(number);
                case byte[] raw -> bytes.writeBytes(raw);
                default -> bytes.writeBytes(part.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toByteArray();
    }

    /** A short text. */
    static byte[] text(String text) {
        return pickle(0x8C, text.length(), text);
    }

    /** A state dictionary with one tensor "w" over storage "0" of {@code elements} floats. */
    static byte[] tensor(String storage, byte[] elements, byte[] offset, byte[] size, byte[] stride) {
        return pickle(
                0x80,
                2,
                "}",
                text("w"),
                "ctorch._utils\n_rebuild_tensor_v2\n",
                "((",
                text("storage"),
                "ctorch\n" + storage + "\n",
                text("0"),
                text("cpu"),
                elements,
                "tQ",
                offset,
                "(",
                size,
                "t(",
                stride,
                "t",
                0x89,
                "}tRs.");
    }

    /** A small integer. */
    static byte[] number(int value) {
        return pickle("K", value);
    }

    /** An integer of eight bytes. */
    static byte[] number(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >> (8 * i));
        }
        return pickle(0x8A, 8, bytes);
    }
}
