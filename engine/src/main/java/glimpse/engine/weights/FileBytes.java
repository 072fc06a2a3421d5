package glimpse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The bytes of a file in memory, often mapped. Where a mapped file has been shortened, an access is a fault of the
 * virtual machine (InternalError) or, in the last page, reads zeros; both become a {@link SafetensorsException} here.
 */
final class FileBytes implements AutoCloseable {
    private final String name;
    private final MemorySegment memory;
    private final Optional<Mapped> mapped;
    private final Runnable closing;

    /** Reads or copies some of the bytes. */
    interface Access<T> {
        T of(MemorySegment memory) throws SafetensorsException;
    }

    /** A mapped file and how long it must be for all mapped bytes to be there. */
    private record Mapped(FileChannel channel, long end) {}

    private FileBytes(String name, MemorySegment memory, Optional<Mapped> mapped, Runnable closing) {
        this.name = name;
        this.memory = memory;
        this.mapped = mapped;
        this.closing = closing;
    }

    /** Maps a file. */
    @SuppressWarnings("MustBeClosedChecker") // the result closes its channel
    static FileBytes map(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + ": no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new ModelException(path + (Files.isDirectory(path) ? ": a folder, not a file" : ": not a file"));
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        boolean mapped = false;
        try {
            FileBytes bytes = map(path.toString(), channel, 0, () -> close(channel));
            mapped = true;
            return bytes;
        } finally {
            if (!mapped) {
                channel.close();
            }
        }
    }

    /** Maps a file from a position to its end. The caller closes the channel, whenever it likes. */
    static FileBytes map(String name, FileChannel channel) throws IOException {
        return map(name, channel, channel.position(), () -> {});
    }

    @SuppressWarnings("MustBeClosedChecker") // the result closes its arena
    private static FileBytes map(String name, FileChannel channel, long position, Runnable closing) throws IOException {
        Arena arena = Arena.ofShared();
        boolean mapped = false;
        try {
            long size = Math.max(0, channel.size() - position);
            MemorySegment memory = channel.map(MapMode.READ_ONLY, position, size, arena);
            mapped = true;
            return new FileBytes(name, memory, Optional.of(new Mapped(channel, position + size)), () -> {
                arena.close();
                closing.run();
            });
        } finally {
            if (!mapped) {
                arena.close();
            }
        }
    }

    /** Takes over memory that was allocated from an arena. */
    static FileBytes owning(String name, Arena arena, MemorySegment memory) {
        return new FileBytes(name, memory, Optional.empty(), arena::close);
    }

    /** Uses memory that belongs to the caller. */
    static FileBytes borrowing(String name, MemorySegment memory) {
        return new FileBytes(name, memory, Optional.empty(), () -> {});
    }

    /** Runs an access and checks that the file was whole until its end. */
    <T> T access(Access<T> access) throws SafetensorsException {
        try {
            T result = access.of(memory);
            requireWhole();
            return result;
        } catch (InternalError e) {
            throw shortened("it was shortened, or can't be read", Optional.of(e));
        }
    }

    /**
     * Asks the system for the file's length. A fault in compiled code isn't thrown where it occurs but soon after; this
     * call into native code is the latest moment.
     */
    private void requireWhole() throws SafetensorsException {
        if (mapped.isEmpty()) {
            return;
        }
        long size;
        try {
            size = mapped.get().channel().size();
        } catch (ClosedChannelException e) {
            return; // by its owner, or because this thread was interrupted
        } catch (IOException e) {
            throw shortened(String.valueOf(e.getMessage()), Optional.of(e));
        }
        if (size < mapped.get().end()) {
            throw shortened(
                    "it has " + size + " bytes, " + mapped.get().end() + " when it was opened", Optional.empty());
        }
    }

    private SafetensorsException shortened(String what, Optional<Throwable> cause) {
        SafetensorsException exception =
                new SafetensorsException(Rule.FILE_CHANGED, name, "changed while it was read: " + what);
        cause.ifPresent(exception::initCause);
        return exception;
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isMapped() {
        return memory.isMapped();
    }

    /** Gives back the memory of a range; it is read again when it is needed. */
    void unload(long offset, long length) {
        memory.asSlice(offset, length).unload();
    }

    /** Unmaps the file or frees its memory; closing again has no effect. */
    @Override
    public void close() {
        if (memory.scope().isAlive()) {
            closing.run();
        }
    }
}
