package glimpse.service.grpc;

import glimpse.service.grpc.CountedDecompressor.Format;
import glimpse.service.http.BodyBudget.BudgetExceededException;
import glimpse.service.oip.RequestMemory;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A compressed message, decompressed as it is read: messages of a stream wait compressed, without a decompressor each.
 * Ends with an error where it doesn't fit into the memory. What it took stays taken, its compressed form is given back
 * once it is closed. Not thread-safe.
 */
final class CountedMessage extends InputStream {
    private final String encoding;
    private final Format format;
    private final InputStream compressed;
    private final int compressedBytes;
    private final RequestMemory memory;
    private @Nullable InputStream decompressed; // once something has been read
    private boolean closed;

    /**
     * Creates a message.
     *
     * @param compressed has all of it, and no more; closed with this stream
     */
    CountedMessage(String encoding, Format format, InputStream compressed, RequestMemory memory) throws IOException {
        this.encoding = encoding;
        this.format = format;
        this.compressed = compressed;
        this.compressedBytes = compressed.available();
        this.memory = memory;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = decompress(to, offset, length);
        if (read > 0 && !memory.take(read)) {
            throw new BudgetExceededException();
        }
        return read;
    }

    private int decompress(byte[] to, int offset, int length) {
        try {
            if (decompressed == null) {
                decompressed = format.open(compressed);
            }
            return decompressed.read(to, offset, length);
        } catch (IOException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("the message isn't valid " + encoding + ": " + e.getMessage())
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (compressed) {
                if (decompressed != null) {
                    decompressed.close();
                }
            } finally {
                memory.giveBack(compressedBytes);
            }
        }
    }
}
