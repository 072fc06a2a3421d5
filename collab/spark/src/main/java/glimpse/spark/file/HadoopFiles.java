package glimpse.spark.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Finds files by their names: of the machine's own file system, or of one that Hadoop knows, such as
 * {@code hdfs://namenode/imagenet/val} and {@code s3a://bucket/imagenet}.
 */
public final class HadoopFiles {
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)?");

    private HadoopFiles() {}

    /**
     * Returns the path of a name.
     *
     * @param name a path of the machine, or a URI with a scheme that Hadoop has a file system for
     * @throws IllegalArgumentException naming the URI if there is no such file system
     */
    public static Path path(String name, Configuration configuration) {
        Matcher parts = URI.matcher(name);
        if (!parts.matches()) {
            return Path.of(name);
        }
        String path = parts.group(3) == null ? "/" : parts.group(3);
        if (parts.group(1).equals("file")) {
            return Path.of(path);
        }
        String root = parts.group(1) + "://" + parts.group(2);
        try {
            FileSystem files = new org.apache.hadoop.fs.Path(root + "/").getFileSystem(configuration);
            return new HadoopFileSystem(root, files).getPath(path);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": no file system: " + e.getMessage(), e);
        }
    }

    /** Returns whether a path is one of the machine's own file system. */
    public static boolean isLocal(Path path) {
        return !(path instanceof HadoopPath);
    }

    /** Returns the name by which another process finds a file: an absolute path or a URI. */
    public static String name(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** Returns a file for Hadoop's own interface. */
    public static org.apache.hadoop.fs.Path hadoop(String name) {
        Matcher parts = URI.matcher(name);
        return parts.matches()
                ? new org.apache.hadoop.fs.Path(name)
                : new org.apache.hadoop.fs.Path(
                        "file", "", Path.of(name).toAbsolutePath().toString());
    }

    /** Returns the file system of a name, which on the machine itself writes no checksum files. */
    public static FileSystem system(String name, Configuration configuration) throws IOException {
        FileSystem files = hadoop(name).getFileSystem(configuration);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    /** Returns the parts of a path. */
    static List<String> names(String path) {
        return List.of(path.split("/", -1)).stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
