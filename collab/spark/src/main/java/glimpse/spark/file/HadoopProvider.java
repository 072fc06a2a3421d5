package glimpse.spark.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** Reads what java.nio.file asks of a Hadoop file system; refuses to change anything. */
final class HadoopProvider extends FileSystemProvider {
    @Override
    public String getScheme() {
        return "hadoop";
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (!Set.of(StandardOpenOption.READ).containsAll(options)) {
            throw new ReadOnlyFileSystemException();
        }
        FileStatus status = status(path);
        if (status.isDirectory()) {
            throw new IOException(path + ": is a folder, expected a file");
        }
        HadoopPath file = HadoopPath.of(path);
        try {
            return new HadoopChannel(file.system().files().open(file.hadoop()), status.getLen());
        } catch (IOException e) {
            throw translated(path, e);
        }
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        HadoopPath path = HadoopPath.of(folder);
        List<Path> children = new ArrayList<>();
        try {
            RemoteIterator<FileStatus> listing = path.system().files().listStatusIterator(path.hadoop());
            while (listing.hasNext()) {
                Path child = path.child(listing.next());
                if (filter.accept(child)) {
                    children.add(child);
                }
            }
        } catch (IOException e) {
            throw translated(folder, e);
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return children.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        status(path);
        if (Set.of(modes).contains(AccessMode.WRITE)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException(path + ": has no " + type.getSimpleName());
        }
        return type.cast(new HadoopAttributes(status(path)));
    }

    private static FileStatus status(Path path) throws IOException {
        HadoopPath file = HadoopPath.of(path);
        if (file.listed().isPresent()) {
            return file.listed().get();
        }
        try {
            return file.system().files().getFileStatus(file.hadoop());
        } catch (IOException e) {
            throw translated(path, e);
        }
    }

    private static IOException translated(Path path, IOException e) {
        return switch (e) {
            case FileNotFoundException missing -> new NoSuchFileException(path.toString());
            case AccessControlException denied -> new AccessDeniedException(path.toString());
            default -> e;
        };
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("the store of " + path);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("attributes of " + path + " by name");
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException(uri + ": opened by its name alone");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException(uri + ": opened by its name alone");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException(uri + ": opened by its name alone");
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new ReadOnlyFileSystemException();
    }
}
