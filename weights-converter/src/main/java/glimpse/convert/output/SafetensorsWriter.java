package glimpse.convert.output;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.convert.error.ConvertException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file, holding a small part of a tensor at a time. The bytes depend only on the arguments; the
 * header is padded with spaces so that the data begins at a multiple of 8. The file appears under its name only once it
 * is complete and on disk; until then it has a temporary name in the same folder. Such files that killed processes have
 * left are deleted when the same file is written again.
 */
public final class SafetensorsWriter {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MAX_BUFFER_ELEMENTS = 1 << 16;
    private static final int ALIGNMENT_BYTES = 8;

    private final float[] elements; // as many as the longest tensor, MAX_BUFFER_ELEMENTS at most
    private final ByteBuffer buffer;

    private SafetensorsWriter(List<StoredTensor> tensors) {
        long longest = tensors.stream().mapToLong(StoredTensor::count).max().orElse(0);
        this.elements = new float[(int) Math.min(longest, MAX_BUFFER_ELEMENTS)];
        this.buffer = ByteBuffer.allocateDirect(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Writes a file, replacing any file of this name.
     *
     * @param metadata in the order to write it in
     * @param tensors in the order to write them in
     * @return the file's size in bytes
     * @throws IOException naming the file and the reason if it can't be written
     * @throws ConvertException if an element isn't finite or is beyond the type's range
     */
    public static long write(Path path, Map<String, String> metadata, List<StoredTensor> tensors) throws IOException {
        return write(path, metadata, tensors, SafetensorsWriter::replace);
    }

    /**
     * Writes a new file.
     *
     * @param metadata in the order to write it in
     * @param tensors in the order to write them in
     * @return the file's size in bytes
     * @throws FileAlreadyExistsException if there is a file of this name, even one that appeared in the meantime
     * @throws IOException naming the file and the reason if it can't be written
     * @throws ConvertException if an element is beyond the type's range
     */
    public static long create(Path path, Map<String, String> metadata, List<StoredTensor> tensors) throws IOException {
        return write(path, metadata, tensors, SafetensorsWriter::place);
    }

    /**
     * Writes a file with a temporary name beside another, for the caller to read and delete.
     *
     * @param path the other file; once it is written again, what a killed process has left is deleted
     * @param metadata in the order to write it in
     * @param tensors in the order to write them in
     * @return the temporary file
     * @throws IOException naming the file and the reason if it can't be written
     * @throws ConvertException if an element isn't finite or is beyond the type's range
     */
    public static Path writeBeside(Path path, Map<String, String> metadata, List<StoredTensor> tensors)
            throws IOException {
        Path beside = TemporaryFiles.exact(path);
        boolean complete = false;
        try (FileChannel channel = open(beside)) {
            new SafetensorsWriter(tensors).write(channel, metadata, tensors);
            complete = true;
            return beside;
        } catch (FileSystemException e) {
            throw new IOException(beside + ": can't be written: " + reason(e), e);
        } finally {
            if (!complete) {
                Files.deleteIfExists(beside);
            }
        }
    }

    /** How a complete file gets its name. */
    private interface Naming {
        void name(Path temporary, Path file) throws IOException;
    }

    private static void replace(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void place(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary); // in one step, and only if there is no such file
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) { // a file system without hard links
            Files.move(temporary, file);
        }
    }

    private static long write(Path path, Map<String, String> metadata, List<StoredTensor> tensors, Naming naming)
            throws IOException {
        Path absolute = path.toAbsolutePath();
        Path temporary = TemporaryFiles.of(absolute);
        TemporaryFiles.deleteStale(absolute);
        try {
            try (FileChannel channel = open(temporary)) {
                new SafetensorsWriter(tensors).write(channel, metadata, tensors);
                channel.force(true);
            }
            naming.name(temporary, absolute);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new IOException(path + ": can't be written: " + reason(e), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return Files.size(absolute);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private static String reason(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such folder, or no file can be created in it";
            case AccessDeniedException denied -> "access denied";
            default -> e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason();
        };
    }

    private void write(FileChannel channel, Map<String, String> metadata, List<StoredTensor> tensors)
            throws IOException {
        byte[] header = header(metadata, tensors);
        int padding = Math.floorMod(-header.length, ALIGNMENT_BYTES);
        ByteBuffer start =
                ByteBuffer.allocate(Long.BYTES + header.length + padding).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(header.length + padding).put(header);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        drain(channel, start.flip());
        for (StoredTensor tensor : tensors) {
            write(channel, tensor);
        }
    }

    private byte[] header(Map<String, String> metadata, List<StoredTensor> tensors) throws IOException {
        ObjectNode header = MAPPER.createObjectNode();
        ObjectNode strings = header.putObject("__metadata__");
        metadata.forEach(strings::put);
        long offset = 0;
        for (StoredTensor tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", tensor.type().name());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            long end = offset + tensor.count() * ElementEncoder.bytes(tensor.type());
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        return MAPPER.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    }

    private void write(FileChannel channel, StoredTensor tensor) throws IOException {
        long count = tensor.count();
        for (long done = 0; done < count; done += elements.length) {
            int part = (int) Math.min(elements.length, count - done);
            tensor.elements().read(done, elements, part);
            buffer.clear();
            encode(tensor, part);
            drain(channel, buffer.flip());
        }
    }

    private void encode(StoredTensor tensor, int count) throws ConvertException {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(elements[i])) {
                throw new ConvertException(
                        "tensor " + tensor.name() + " would hold " + elements[i] + ", expected finite weights");
            }
            if (ElementEncoder.overflows(tensor.type(), elements[i])) {
                throw new ConvertException("tensor " + tensor.name() + " holds " + elements[i]
                        + ", beyond the range of " + tensor.type() + "; choose f32 or bf16");
            }
            ElementEncoder.put(buffer, tensor.type(), elements[i]);
        }
    }

    private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
