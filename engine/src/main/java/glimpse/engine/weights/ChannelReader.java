package glimpse.engine.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads a file of unknown length from a channel into memory outside the heap. Memory grows with the bytes that have
 * arrived, never with a length that they declare, and reading stops one byte after the end that the header implies.
 */
final class ChannelReader implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 16;
    private static final int READ_BYTES = 1 << 20;
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final ReadableByteChannel channel;
    private Arena arena = Arena.ofShared();
    private MemorySegment memory = arena.allocate(FIRST_BYTES, Long.BYTES);
    private long size;
    private boolean handedOver;

    ChannelReader(String name, ReadableByteChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    /** What was read, in memory of an arena that the receiver closes. */
    record Content(Arena arena, MemorySegment bytes) {}

    /** Reads the whole file. */
    Content read() throws IOException {
        readUpTo(Long.BYTES);
        if (size == Long.BYTES) {
            long headerBytes = memory.get(LENGTH, 0);
            if (headerBytes > 0 && headerBytes <= HeaderReader.MAX_HEADER_BYTES) {
                readUpTo(Long.BYTES + headerBytes);
                readUpTo(HeaderReader.parse(name, content()).fileBytes() + 1);
            }
        }
        handedOver = true;
        return new Content(arena, content());
    }

    private MemorySegment content() {
        return memory.asSlice(0, size);
    }

    /** Reads until there are {@code end} bytes or the channel is at its end. */
    private void readUpTo(long end) throws IOException {
        while (size < end) {
            if (size == memory.byteSize()) {
                grow();
            }
            long count = Math.min(READ_BYTES, Math.min(end, memory.byteSize()) - size);
            ByteBuffer free = memory.asSlice(size, count).asByteBuffer();
            int read = channel.read(free);
            if (read < 0) {
                return;
            }
            if (read == 0) {
                throw new IOException(name + ": the channel is in non-blocking mode, expected blocking");
            }
            size += read;
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by this reader or the receiver of its content
    private void grow() {
        Arena larger = Arena.ofShared();
        MemorySegment copy = larger.allocate(2 * memory.byteSize(), Long.BYTES);
        MemorySegment.copy(memory, 0, copy, 0, size);
        arena.close();
        arena = larger;
        memory = copy;
    }

    /** Frees the memory, unless {@link #read} has handed it over. */
    @Override
    public void close() {
        if (!handedOver) {
            arena.close();
        }
    }
}
