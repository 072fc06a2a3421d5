package glimpse.cli.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of this process, which is deleted when it is closed or the process ends. What a killed process has left is
 * deleted by the next one.
 */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread atEnd;

    private TemporaryFolder(Path path) {
        this.path = path;
        this.atEnd = Thread.ofPlatform().unstarted(() -> delete(path));
    }

    /**
     * Creates a folder where the system keeps temporary files.
     *
     * @param prefix the beginning of its name, the same for all folders of the same use
     */
    public static TemporaryFolder create(String prefix) throws IOException {
        String process = Long.toHexString(ProcessHandle.current().pid());
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix + process + "-"));
        Runtime.getRuntime().addShutdownHook(folder.atEnd);
        deleteStale(folder.path, prefix);
        return folder;
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    private static void deleteStale(Path folder, String prefix) {
        Pattern ours = Pattern.compile(Pattern.quote(prefix) + "([0-9a-f]{1,15})-[0-9]+");
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder.resolveSibling("."), prefix + "*")) {
            for (Path other : others) {
                Matcher matcher = ours.matcher(other.getFileName().toString());
                if (matcher.matches() && hasEnded(Long.parseLong(matcher.group(1), 16))) {
                    delete(other);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // they are in nobody's way
        }
    }

    private static boolean hasEnded(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Deletes a folder with what is in it, as far as possible. */
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return; // the next process tries again
        }
    }

    @Override
    public void close() {
        delete(path);
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // the process is ending already
        }
    }
}
