package glimpse.evaluation.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all: a reader, or a process killed meanwhile, finds the old content or the new. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes UTF-8 text. */
    public static void write(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.writeString(partial, text, StandardCharsets.UTF_8);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(partial);
            String why = e instanceof NoSuchFileException ? "no such folder" : "" + e.getMessage();
            throw new IOException(file + ": can't be written: " + why, e);
        }
    }
}
