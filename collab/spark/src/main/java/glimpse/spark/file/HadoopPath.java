package glimpse.spark.file;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** A path of a Hadoop file system; written as a URI if it is absolute. Immutable. */
final class HadoopPath implements Path {
    private final HadoopFileSystem system;
    private final boolean absolute;
    private final List<String> names;
    private final Optional<FileStatus> listed; // as the folder's listing had it, which saves a request

    HadoopPath(HadoopFileSystem system, boolean absolute, List<String> names) {
        this(system, absolute, names, Optional.empty());
    }

    private HadoopPath(HadoopFileSystem system, boolean absolute, List<String> names, Optional<FileStatus> listed) {
        this.system = system;
        this.absolute = absolute;
        this.names = List.copyOf(names);
        this.listed = listed;
    }

    static HadoopPath of(Path path) {
        if (path instanceof HadoopPath hadoop) {
            return hadoop;
        }
        throw new ProviderMismatchException(path + ": not a path of a Hadoop file system");
    }

    /** Returns a file in this folder, as it is listed. */
    HadoopPath child(FileStatus status) {
        List<String> all = new ArrayList<>(names);
        all.add(status.getPath().getName());
        return new HadoopPath(system, absolute, all, Optional.of(status));
    }

    Optional<FileStatus> listed() {
        return listed;
    }

    org.apache.hadoop.fs.Path hadoop() {
        return new org.apache.hadoop.fs.Path(toAbsolutePath().toString());
    }

    HadoopFileSystem system() {
        return system;
    }

    private HadoopPath with(List<String> some) {
        return new HadoopPath(system, absolute, some);
    }

    private HadoopPath relative(List<String> some) {
        return new HadoopPath(system, false, some);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? with(List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : relative(List.of(names.getLast()));
    }

    @Override
    public @Nullable Path getParent() {
        return names.isEmpty() || (names.size() == 1 && !absolute) ? null : with(names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return relative(List.of(names.get(index)));
    }

    @Override
    public Path subpath(int from, int to) {
        return relative(names.subList(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof HadoopPath that
                && system.equals(that.system)
                && absolute == that.absolute
                && names.size() >= that.names.size()
                && names.subList(0, that.names.size()).equals(that.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof HadoopPath that
                && system.equals(that.system)
                && (!that.absolute || equals(that))
                && names.size() >= that.names.size()
                && names.subList(names.size() - that.names.size(), names.size()).equals(that.names);
    }

    @Override
    public Path normalize() {
        List<String> plain = new ArrayList<>();
        for (String name : names) {
            if (name.equals("..") && !plain.isEmpty() && !plain.getLast().equals("..")) {
                plain.removeLast();
            } else if (!name.equals(".") && !(name.equals("..") && absolute)) {
                plain.add(name);
            }
        }
        return with(plain);
    }

    @Override
    public Path resolve(Path other) {
        HadoopPath that = of(other);
        if (that.absolute) {
            return that;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(that.names);
        return with(all);
    }

    @Override
    public Path relativize(Path other) {
        HadoopPath that = of(other);
        if (absolute != that.absolute || !system.equals(that.system)) {
            throw new IllegalArgumentException(other + ": has no path from " + this);
        }
        int common = 0;
        while (common < Math.min(names.size(), that.names.size())
                && names.get(common).equals(that.names.get(common))) {
            common++;
        }
        List<String> way = new ArrayList<>();
        for (int up = common; up < names.size(); up++) {
            way.add("..");
        }
        way.addAll(that.names.subList(common, that.names.size()));
        return relative(way);
    }

    @Override
    public URI toUri() {
        return hadoop().toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : new HadoopPath(system, true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("watching " + this);
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HadoopPath that
                && system.equals(that.system)
                && absolute == that.absolute
                && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        String path = String.join(HadoopFileSystem.SEPARATOR, names);
        return absolute ? system.root() + HadoopFileSystem.SEPARATOR + path : path;
    }
}
