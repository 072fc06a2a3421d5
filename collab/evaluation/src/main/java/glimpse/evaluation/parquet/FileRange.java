package glimpse.evaluation.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The bytes of a part of a file of any file system. It is opened for each buffer, so nothing stays open; buffers are
 * large where opening may take a request over a network. Not thread-safe.
 */
final class FileRange extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int REMOTE_BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final long end;
    private long next; // where the next buffer begins
    private final byte[] buffer;
    private int at;
    private int filled;

    FileRange(Path file, long offset, long bytes) {
        this.file = file;
        this.next = offset;
        this.end = offset + bytes;
        int most = file.getFileSystem().equals(FileSystems.getDefault()) ? BUFFER_BYTES : REMOTE_BUFFER_BYTES;
        this.buffer = new byte[Math.clamp(bytes, 1, most)];
    }

    /** Returns where the next byte is in the file. */
    long position() {
        return next - (filled - at);
    }

    @Override
    public int read() throws IOException {
        return at < filled || fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (at == filled && !fill()) {
            return -1;
        }
        int some = Math.min(length, filled - at);
        System.arraycopy(buffer, at, into, offset, some);
        at += some;
        return some;
    }

    @Override
    public long skip(long bytes) {
        long some = Math.max(0, Math.min(bytes, end - position()));
        if (some <= filled - at) {
            at += (int) some;
        } else {
            next = position() + some;
            at = 0;
            filled = 0;
        }
        return some;
    }

    private boolean fill() throws IOException {
        if (next >= end) {
            return false;
        }
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - next));
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(next);
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new ParquetException("the file became shorter while it was read");
                }
            }
        }
        at = 0;
        filled = target.position();
        next += filled;
        return true;
    }
}
