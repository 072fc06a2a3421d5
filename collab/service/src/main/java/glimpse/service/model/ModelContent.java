package glimpse.service.model;

import glimpse.collab.node.Classifier;
import glimpse.engine.Workers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A model as {@code glimpse convert} writes it: a file, which may be replaced, or bytes in memory. Immutable. */
public final class ModelContent {
    private static final int HASH_BUFFER_BYTES = 1 << 20;

    private final Path file; // only a name if there are bytes
    private final Optional<byte[]> bytes;

    private ModelContent(Path file, Optional<byte[]> bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * A model that has been loaded.
     *
     * @param sha256 the hash of what was loaded, in hexadecimal
     */
    record Loaded(String sha256, Classifier classifier) {}

    /** Returns a file's content, whenever it is loaded. */
    public static ModelContent of(Path file) {
        return new ModelContent(file, Optional.empty());
    }

    /**
     * Returns content that is in memory.
     *
     * @param name what messages call it
     * @param bytes not copied; the caller must not change them
     */
    public static ModelContent of(String name, byte[] bytes) {
        return new ModelContent(Path.of(name), Optional.of(bytes));
    }

    /** Returns the SHA-256 of the content, in hexadecimal. */
    public String sha256() throws IOException {
        try (ReadableByteChannel channel = bytes.isPresent()
                ? Channels.newChannel(new ByteArrayInputStream(bytes.get()))
                : FileChannel.open(file)) {
            return sha256(channel);
        }
    }

    /** Returns what changes when the content does. */
    FileStamp stamp() throws IOException {
        return bytes.isPresent() ? new FileStamp(bytes.get().length, FileTime.fromMillis(0), "") : FileStamp.of(file);
    }

    /** Loads the model. */
    Loaded load(Workers workers) throws IOException {
        if (bytes.isPresent()) {
            MemorySegment memory = MemorySegment.ofArray(bytes.get());
            return new Loaded(sha256(), Classifier.load(file.toString(), memory, workers));
        }
        try (FileChannel channel = FileChannel.open(file)) { // the hash is of what is loaded
            String sha256 = sha256(channel);
            channel.position(0);
            return new Loaded(sha256, Classifier.load(file.toString(), channel, workers));
        }
    }

    private static String sha256(ReadableByteChannel channel) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(HASH_BUFFER_BYTES);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the file's path, or the name of what is in memory. */
    @Override
    public String toString() {
        return file.toString();
    }
}
