package glimpse.engine.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A safetensors file, checked against every rule of its format when it is opened; tensors are decoded to float on
 * demand. A mapped file must not be changed while it is open. Safe for use by several threads until it is closed.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOATS =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORTS =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int BUFFER_ELEMENTS = 4096;
    private static final int DROPPED_BYTES = 1 << 18; // below, a system call costs more than the pages

    private final String name;
    private final Optional<Arena> arena; // owns the bytes; empty if the caller's do
    private final HeaderReader.Header header;
    private final MemorySegment data;

    private SafetensorsFile(String name, Optional<Arena> arena, MemorySegment bytes) throws SafetensorsException {
        this.name = name;
        this.arena = arena;
        this.header = HeaderReader.read(name, bytes);
        this.data = bytes.asSlice(header.dataBegin());
    }

    /**
     * Maps and checks a file.
     *
     * @throws SafetensorsException naming the rule that the file breaks
     * @throws IOException if the file can't be read
     */
    public static SafetensorsFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + ": no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + ": not a file");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return map(path.toString(), channel, 0);
        }
    }

    /**
     * Reads a file from a channel, from its position to the end, and checks it. A {@code FileChannel} is mapped; from
     * any other channel the content is copied to memory outside the heap, which is freed when the result is closed. The
     * channel is not closed and isn't needed afterwards.
     *
     * @param name what error messages call the file
     * @param channel in blocking mode
     * @throws SafetensorsException naming the rule that the file breaks
     * @throws IOException if the channel can't be read
     */
    @SuppressWarnings("MustBeClosedChecker") // the file closes its arena
    public static SafetensorsFile read(String name, ReadableByteChannel channel) throws IOException {
        Objects.requireNonNull(name, "name");
        if (channel instanceof FileChannel file) {
            return map(name, file, file.position());
        }
        try (ChannelReader reader = new ChannelReader(name, channel)) {
            ChannelReader.Content content = reader.read();
            return opened(name, content.arena(), content.bytes());
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the file closes its arena
    private static SafetensorsFile map(String name, FileChannel channel, long position) throws IOException {
        Arena arena = Arena.ofShared();
        boolean mapped = false;
        try {
            long size = Math.max(0, channel.size() - position);
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, position, size, arena);
            mapped = true;
            return opened(name, arena, bytes);
        } finally {
            if (!mapped) {
                arena.close();
            }
        }
    }

    /** Checks a file whose memory belongs to an arena, which is closed if the check fails. */
    private static SafetensorsFile opened(String name, Arena arena, MemorySegment bytes) throws SafetensorsException {
        boolean opened = false;
        try {
            SafetensorsFile file = new SafetensorsFile(name, Optional.of(arena), bytes);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    /**
     * Checks a file that is already in memory. The bytes must not change while the result is used.
     *
     * @param name what error messages call the file
     */
    public static SafetensorsFile of(String name, MemorySegment bytes) throws SafetensorsException {
        return new SafetensorsFile(name, Optional.empty(), bytes);
    }

    /** Returns what error messages call this file: its path, or the given name. */
    public String name() {
        return name;
    }

    /** Returns the header's metadata in the header's order; empty if it has none. Unmodifiable. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Returns the tensors by name, in the header's order. Unmodifiable. */
    public Map<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /**
     * Returns the entry of a tensor.
     *
     * @throws SafetensorsException {@link Rule#TENSOR_NOT_FOUND}
     */
    public TensorInfo tensor(String tensor) throws SafetensorsException {
        TensorInfo info = header.tensors().get(tensor);
        if (info == null) {
            throw new SafetensorsException(
                    Rule.TENSOR_NOT_FOUND, name, "tensor " + Quoted.of(tensor) + " is not in the file");
        }
        return info;
    }

    /** Returns a tensor's bytes, read-only, valid until the file is closed. */
    public MemorySegment bytes(String tensor) throws SafetensorsException {
        TensorInfo info = tensor(tensor);
        return data.asSlice(info.begin(), info.sizeBytes()).asReadOnly();
    }

    /**
     * Decodes a whole tensor.
     *
     * @param destination as long as the tensor has elements
     * @throws SafetensorsException {@link Rule#TENSOR_NOT_FOUND} or {@link Rule#NOT_FLOAT}
     * @throws IllegalArgumentException if the destination has another length
     */
    public void read(String tensor, float[] destination) throws SafetensorsException {
        long elements = tensor(tensor).elements();
        if (destination.length != elements) {
            throw new IllegalArgumentException("destination has " + destination.length + " elements, expected "
                    + elements + " of tensor " + Quoted.of(tensor));
        }
        read(tensor, 0, destination, 0, destination.length);
    }

    /**
     * Decodes a range of a tensor's elements, in row-major order.
     *
     * @param firstElement index of the first element, from 0
     * @param offset index in the destination of the first element
     * @param count number of elements
     * @throws SafetensorsException {@link Rule#TENSOR_NOT_FOUND} or {@link Rule#NOT_FLOAT}
     * @throws IndexOutOfBoundsException if the range is outside the tensor or the destination
     */
    public void read(String tensor, long firstElement, float[] destination, int offset, int count)
            throws SafetensorsException {
        TensorInfo info = tensor(tensor);
        Objects.checkFromIndexSize(firstElement, count, info.elements());
        Objects.checkFromIndexSize(offset, count, destination.length);
        decode(info, firstElement, destination, offset, count);
        dropPages(info, firstElement, count);
    }

    private void decode(TensorInfo info, long firstElement, float[] destination, int offset, int count)
            throws SafetensorsException {
        switch (info.dtype()) {
            case F32 ->
                MemorySegment.copy(data, FLOATS, info.begin() + firstElement * Float.BYTES, destination, offset, count);
            case F16, BF16 -> readHalves(info, firstElement, destination, offset, count);
            default ->
                throw new SafetensorsException(
                        Rule.NOT_FLOAT,
                        name,
                        "tensor " + Quoted.of(info.name()) + " is " + info.dtype() + ", expected F32, F16 or BF16");
        }
    }

    /**
     * Decoded bytes are rarely needed again; if their pages stayed, a whole file would count as the process's memory.
     */
    private void dropPages(TensorInfo info, long firstElement, int count) {
        if (count == 0 || !data.isMapped()) {
            return;
        }
        long elementBytes = info.sizeBytes() / info.elements();
        if (count * elementBytes >= DROPPED_BYTES) {
            data.asSlice(info.begin() + firstElement * elementBytes, count * elementBytes)
                    .unload();
        }
    }

    private void readHalves(TensorInfo info, long firstElement, float[] destination, int offset, int count) {
        short[] buffer = new short[Math.min(count, BUFFER_ELEMENTS)];
        for (int done = 0; done < count; done += buffer.length) {
            int part = Math.min(buffer.length, count - done);
            long begin = info.begin() + (firstElement + done) * Short.BYTES;
            MemorySegment.copy(data, SHORTS, begin, buffer, 0, part);
            if (info.dtype() == DType.F16) {
                decodeF16(buffer, destination, offset + done, part);
            } else {
                decodeBf16(buffer, destination, offset + done, part);
            }
        }
    }

    // Two plain loops, each of which C2 vectorises
    private static void decodeF16(short[] source, float[] destination, int offset, int count) {
        for (int i = 0; i < count; i++) {
            destination[offset + i] = Float.float16ToFloat(source[i]);
        }
    }

    private static void decodeBf16(short[] source, float[] destination, int offset, int count) {
        for (int i = 0; i < count; i++) {
            destination[offset + i] = Float.intBitsToFloat(source[i] << 16);
        }
    }

    /** Unmaps the file or frees its memory. Nothing can be read from it afterwards; closing again has no effect. */
    @Override
    public void close() {
        arena.filter(mapping -> mapping.scope().isAlive()).ifPresent(Arena::close);
    }
}
