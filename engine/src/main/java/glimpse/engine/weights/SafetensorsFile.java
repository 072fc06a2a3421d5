package glimpse.engine.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A safetensors file, checked against every rule of its format when it is opened; tensors are decoded to float on
 * demand. A mapped file must not be changed while it is open; one that is shortened is an error of its own
 * ({@link Rule#FILE_CHANGED}). Safe for use by several threads until it is closed.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOATS =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORTS =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int BUFFER_ELEMENTS = 4096;
    private static final int DROPPED_BYTES = 1 << 18; // below, a system call costs more than the pages

    private final String name;
    private final FileBytes file;
    private final HeaderReader.Header header;

    private SafetensorsFile(String name, FileBytes file) throws SafetensorsException {
        this.name = name;
        this.file = file;
        this.header = file.access(bytes -> HeaderReader.read(name, bytes));
    }

    /**
     * Maps and checks a file.
     *
     * @throws SafetensorsException naming the rule that the file breaks
     * @throws IOException if the file can't be read
     */
    @SuppressWarnings("MustBeClosedChecker") // closed by the result
    public static SafetensorsFile open(Path path) throws IOException {
        return opened(path.toString(), FileBytes.map(path));
    }

    /**
     * Reads a file from a channel, from its position to the end, and checks it. A {@code FileChannel} is mapped; from
     * any other channel the content is copied to memory outside the heap, which is freed when the result is closed. The
     * channel is not closed and isn't needed afterwards; as long as it is open, reading checks its length.
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
            return opened(name, FileBytes.map(name, file));
        }
        try (ChannelReader reader = new ChannelReader(name, channel)) {
            ChannelReader.Content content = reader.read();
            return opened(name, FileBytes.owning(name, content.arena(), content.bytes()));
        }
    }

    /** Checks a file; its bytes are closed if the check fails. */
    private static SafetensorsFile opened(String name, FileBytes bytes) throws SafetensorsException {
        boolean opened = false;
        try {
            SafetensorsFile file = new SafetensorsFile(name, bytes);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                bytes.close();
            }
        }
    }

    /**
     * Checks a file that is already in memory. The bytes must not change while the result is used.
     *
     * @param name what error messages call the file
     */
    public static SafetensorsFile of(String name, MemorySegment bytes) throws SafetensorsException {
        return new SafetensorsFile(name, FileBytes.borrowing(name, bytes));
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

    /**
     * Copies a range of a tensor's bytes, as they are in the file.
     *
     * @param firstByte offset of the first byte in the tensor, from 0
     * @param offset index in the destination of the first byte
     * @param count number of bytes
     * @throws SafetensorsException {@link Rule#TENSOR_NOT_FOUND} or {@link Rule#FILE_CHANGED}
     * @throws IndexOutOfBoundsException if the range is outside the tensor or the destination
     */
    public void readBytes(String tensor, long firstByte, byte[] destination, int offset, int count)
            throws SafetensorsException {
        TensorInfo info = tensor(tensor);
        Objects.checkFromIndexSize(firstByte, count, info.sizeBytes());
        Objects.checkFromIndexSize(offset, count, destination.length);
        file.access(bytes -> {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, begin(info) + firstByte, destination, offset, count);
            return info;
        });
        dropPages(begin(info) + firstByte, count);
    }

    /**
     * Copies a range of the elements of a tensor of 16-bit elements, as they are in the file.
     *
     * @param firstElement index of the first element, from 0
     * @param offset index in the destination of the first element
     * @param count number of elements
     * @throws SafetensorsException {@link Rule#TENSOR_NOT_FOUND} or {@link Rule#FILE_CHANGED}
     * @throws IndexOutOfBoundsException if the range is outside the tensor or the destination
     */
    public void readShorts(String tensor, long firstElement, short[] destination, int offset, int count)
            throws SafetensorsException {
        TensorInfo info = tensor(tensor);
        Objects.checkFromIndexSize(firstElement, count, info.sizeBytes() / Short.BYTES);
        Objects.checkFromIndexSize(offset, count, destination.length);
        long begin = begin(info) + firstElement * Short.BYTES;
        file.access(bytes -> {
            MemorySegment.copy(bytes, SHORTS, begin, destination, offset, count);
            return info;
        });
        dropPages(begin, (long) count * Short.BYTES);
    }

    /** Returns the offset in the file of a tensor's first byte. */
    private long begin(TensorInfo info) {
        return header.dataBegin() + info.begin();
    }

    /**
     * Decodes a whole tensor.
     *
     * @param destination as long as the tensor has elements
     * @throws SafetensorsException {@link Rule#TENSOR_NOT_FOUND}, {@link Rule#NOT_FLOAT} or {@link Rule#FILE_CHANGED}
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
     * @throws SafetensorsException {@link Rule#TENSOR_NOT_FOUND}, {@link Rule#NOT_FLOAT} or {@link Rule#FILE_CHANGED}
     * @throws IndexOutOfBoundsException if the range is outside the tensor or the destination
     */
    public void read(String tensor, long firstElement, float[] destination, int offset, int count)
            throws SafetensorsException {
        TensorInfo info = tensor(tensor);
        Objects.checkFromIndexSize(firstElement, count, info.elements());
        Objects.checkFromIndexSize(offset, count, destination.length);
        file.access(bytes -> {
            decode(bytes, info, firstElement, destination, offset, count);
            return info;
        });
        if (count > 0) {
            long elementBytes = info.sizeBytes() / info.elements();
            dropPages(begin(info) + firstElement * elementBytes, count * elementBytes);
        }
    }

    private void decode(
            MemorySegment bytes, TensorInfo info, long firstElement, float[] destination, int offset, int count)
            throws SafetensorsException {
        switch (info.dtype()) {
            case F32 ->
                MemorySegment.copy(bytes, FLOATS, begin(info) + firstElement * Float.BYTES, destination, offset, count);
            case F16, BF16 -> readHalves(bytes, info, firstElement, destination, offset, count);
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
    private void dropPages(long begin, long count) {
        if (count >= DROPPED_BYTES && file.isMapped()) {
            file.unload(begin, count);
        }
    }

    private void readHalves(
            MemorySegment bytes, TensorInfo info, long firstElement, float[] destination, int offset, int count) {
        short[] buffer = new short[Math.min(count, BUFFER_ELEMENTS)];
        for (int done = 0; done < count; done += buffer.length) {
            int part = Math.min(buffer.length, count - done);
            long begin = begin(info) + (firstElement + done) * Short.BYTES;
            MemorySegment.copy(bytes, SHORTS, begin, buffer, 0, part);
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
        file.close();
    }
}
