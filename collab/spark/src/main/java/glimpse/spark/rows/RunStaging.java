package glimpse.spark.rows;

import glimpse.cli.file.TemporaryFolder;
import glimpse.evaluation.rows.RunFiles;
import glimpse.spark.file.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * A folder of results that isn't on this machine. The driver works in a folder of its own: it fetches what an earlier
 * driver left, and puts everything back when it is done.
 */
public final class RunStaging implements AutoCloseable {
    private static final String OUT = "--out";
    private static final String LOCK = "run.lock";
    private static final String RUN = "run.json";
    private static final String PARTIAL = ".partial";

    private final String remote;
    private final TemporaryFolder temporary;
    private final Path local;
    private final FileSystem files;

    private RunStaging(String remote, TemporaryFolder temporary, FileSystem files) {
        this.remote = remote;
        this.temporary = temporary;
        this.local = temporary.path();
        this.files = files;
    }

    /**
     * Returns the staging of a command whose {@code --out} is a URI of another file system; empty for other commands.
     */
    public static Optional<RunStaging> of(List<String> arguments, Configuration configuration) throws IOException {
        Optional<String> out = out(arguments);
        if (out.isEmpty() || HadoopFiles.isLocal(HadoopFiles.path(out.get(), configuration))) {
            return Optional.empty();
        }
        FileSystem files = HadoopFiles.system(out.get(), configuration);
        return Optional.of(new RunStaging(out.get(), TemporaryFolder.create("glimpse-run-"), files));
    }

    private static Optional<String> out(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith(OUT + "=")) {
                return Optional.of(arguments.get(i).substring(OUT.length() + 1));
            }
            if (arguments.get(i).equals(OUT) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Returns the URI of the folder. */
    public String remote() {
        return remote;
    }

    /** Returns the arguments with the driver's folder in place of the other. */
    public List<String> arguments(List<String> arguments) {
        List<String> changed = new ArrayList<>();
        for (String argument : arguments) {
            changed.add(
                    argument.equals(remote)
                            ? local.toString()
                            : argument.equals(OUT + "=" + remote) ? OUT + "=" + local : argument);
        }
        return changed;
    }

    /** Fetches what an earlier driver left. */
    public void fetch() throws IOException {
        fetch("");
        try {
            for (FileStatus child : files.listStatus(HadoopFiles.hadoop(remote))) {
                String name = child.getPath().getName();
                if (child.isDirectory() && files.exists(at(name, RUN))) { // of one of several models
                    Files.createDirectory(local.resolve(name));
                    fetch(name);
                }
            }
        } catch (FileNotFoundException e) {
            // nothing was left
        }
    }

    private void fetch(String folder) throws IOException {
        for (Path file : RunFiles.of(local.resolve(folder))) {
            org.apache.hadoop.fs.Path source = at(folder, "" + file.getFileName());
            if (isResult(file) && files.exists(source)) {
                try (InputStream in = files.open(source)) {
                    Files.copy(in, file);
                }
            }
        }
    }

    /** Stores the results, each under another name first, and deletes those that are no more. */
    public void store() throws IOException {
        for (String folder : folders()) {
            for (Path file : RunFiles.of(local.resolve(folder))) {
                if (isResult(file)) {
                    store(file, at(folder, "" + file.getFileName()));
                }
            }
        }
    }

    private void store(Path file, org.apache.hadoop.fs.Path target) throws IOException {
        if (!Files.exists(file)) {
            files.delete(target, false);
            return;
        }
        org.apache.hadoop.fs.Path partial = target.suffix(PARTIAL);
        try (OutputStream out = files.create(partial, true)) {
            Files.copy(file, out);
        }
        files.delete(target, false);
        if (!files.rename(partial, target)) {
            throw new IOException(target + ": can't be written");
        }
    }

    /** Returns the names of the folders with files of a run: the driver's own, the empty one, and those in it. */
    private List<String> folders() throws IOException {
        List<String> folders = new ArrayList<>(List.of(""));
        try (Stream<Path> children = Files.list(local)) {
            children.filter(Files::isDirectory)
                    .map(child -> "" + child.getFileName())
                    .sorted()
                    .forEach(folders::add);
        }
        return folders;
    }

    private static boolean isResult(Path file) {
        String name = "" + file.getFileName();
        return !name.equals(LOCK) && !name.endsWith(PARTIAL);
    }

    private org.apache.hadoop.fs.Path at(String folder, String name) {
        return new org.apache.hadoop.fs.Path(HadoopFiles.hadoop(remote), folder.isEmpty() ? name : folder + "/" + name);
    }

    /** Deletes the driver's folder. */
    @Override
    public void close() {
        temporary.close();
    }
}
