package glimpse.spark.file;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A Hadoop file system, for reading alone. It is closed by Hadoop when the process ends. */
final class HadoopFileSystem extends FileSystem {
    static final String SEPARATOR = "/";

    private final String root;
    private final org.apache.hadoop.fs.FileSystem files;

    /**
     * Wraps a file system.
     *
     * @param root scheme and authority, {@code hdfs://namenode:8020}
     */
    HadoopFileSystem(String root, org.apache.hadoop.fs.FileSystem files) {
        this.root = root;
        this.files = files;
    }

    String root() {
        return root;
    }

    org.apache.hadoop.fs.FileSystem files() {
        return files;
    }

    @Override
    public FileSystemProvider provider() {
        return new HadoopProvider();
    }

    @Override
    public Path getPath(String first, String... more) {
        String whole = more.length == 0 ? first : first + SEPARATOR + String.join(SEPARATOR, more);
        boolean uri = whole.startsWith(root + SEPARATOR) || whole.equals(root);
        List<String> names = HadoopFiles.names(uri ? whole.substring(root.length()) : whole);
        return new HadoopPath(this, uri || whole.startsWith(SEPARATOR), new ArrayList<>(names));
    }

    @Override
    public String getSeparator() {
        return SEPARATOR;
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath(SEPARATOR));
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException("patterns of " + root);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("users of " + root);
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("watching " + root);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("closing " + root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HadoopFileSystem that && root.equals(that.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }
}
