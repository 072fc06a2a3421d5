package glimpse.convert.output;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of temporary files beside the file that is being written, .FILE.PROCESS.tmp and .FILE.PROCESS-exact.tmp.
 * They tell which process writes them, so that the next one can delete those of a killed one.
 */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** Returns the name of a file until it is complete. */
    static Path of(Path file) {
        return named(file, "");
    }

    /** Returns the name of a second file that is written beside a file. */
    static Path exact(Path file) {
        return named(file, "-exact");
    }

    private static Path named(Path file, String what) {
        Path absolute = file.toAbsolutePath();
        return absolute.resolveSibling("." + absolute.getFileName() + "."
                + Long.toHexString(ProcessHandle.current().pid()) + what + ".tmp");
    }

    /** Deletes a file's temporary files whose process has ended. What can't be listed or deleted stays. */
    static void deleteStale(Path file) {
        Path absolute = file.toAbsolutePath();
        Pattern ours =
                Pattern.compile(Pattern.quote("." + absolute.getFileName() + ".") + "([0-9a-f]{1,15})(-exact)?\\.tmp");
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(absolute.resolveSibling("."))) {
            for (Path other : folder) {
                Matcher matcher = ours.matcher(other.getFileName().toString());
                if (matcher.matches() && hasEnded(Long.parseLong(matcher.group(1), 16))) {
                    Files.deleteIfExists(other);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // they are in nobody's way
        }
    }

    private static boolean hasEnded(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
    }
}
