package glimpse.evaluation.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Splits a CSV file into the texts of its records, in bounded memory whatever the file holds. Line feeds within quotes
 * don't end a record. Not thread-safe.
 */
public final class RecordReader implements AutoCloseable {
    /** The longest record that is kept, in bytes. */
    public static final int MAX_BYTES = 1 << 24;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;
    private int at;
    private long end;

    /** Opens a file. */
    public RecordReader(Path file) throws IOException {
        in = Files.newInputStream(file);
    }

    /**
     * One record.
     *
     * @param text its text up to and including the line feed; empty if it has none, isn't UTF-8 or is longer than
     *     {@link RecordReader#MAX_BYTES}
     * @param end the offset in the file at which the next record begins
     */
    public record Piece(Optional<String> text, long end) {}

    /** Reads the next record; empty at the end of the file. */
    public Optional<Piece> next() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        boolean quoted = false;
        boolean complete = false;
        long start = end;
        while (!complete && fill()) {
            int from = at;
            while (!complete && at < length) {
                byte one = buffer[at++];
                quoted ^= one == '"';
                complete = one == '\n' && !quoted;
            }
            end += at - from;
            if (end - start <= MAX_BYTES) {
                record.write(buffer, from, at - from);
            }
        }
        if (end == start) {
            return Optional.empty();
        }
        boolean kept = complete && end - start <= MAX_BYTES;
        return Optional.of(new Piece(kept ? utf8(record.toByteArray()) : Optional.empty(), end));
    }

    private boolean fill() throws IOException {
        if (at == length) {
            at = 0;
            length = Math.max(in.read(buffer), 0);
        }
        return at < length;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
