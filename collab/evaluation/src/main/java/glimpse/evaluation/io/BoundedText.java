package glimpse.evaluation.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files of a reasonable length. */
public final class BoundedText {
    /** The longest file that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 26;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private BoundedText() {}

    /**
     * Reads a file of UTF-8 text, without the byte order mark that some programs put before it.
     *
     * @throws IllegalArgumentException naming the file if it isn't UTF-8 or longer than {@link #MAX_BYTES}
     * @throws IOException if it can't be read
     */
    public static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(file + ": longer than " + MAX_BYTES + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": not UTF-8 text", e);
        }
    }
}
