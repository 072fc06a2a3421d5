package glimpse.cli.model;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.collab.node.Classifier;
import glimpse.convert.hub.HubReference;
import glimpse.engine.ModelInfo;
import glimpse.engine.Workers;
import glimpse.evaluation.data.FashionMnist;
import glimpse.evaluation.io.Sha256;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A model that an option names: a file, one of a hub, or one that comes with the program and is read from memory.
 * Immutable.
 */
public final class ModelSource {
    private final String name;
    private final Path file; // no file if the model is built in
    private final Optional<byte[]> builtIn;

    private ModelSource(String name, Path file, Optional<byte[]> builtIn) {
        this.name = name;
        this.file = file;
        this.builtIn = builtIn;
    }

    /**
     * Returns the file, the model of a hub, or the built-in model of that name.
     *
     * @throws UsageException naming the option if there is none
     * @throws IOException if a hub's model can't be fetched or converted
     */
    public static ModelSource require(String option, String name) throws IOException {
        if (HubFiles.isReference(name)) {
            return new ModelSource(name, HubFiles.ofProcess().model(name), Optional.empty());
        }
        Path path = InputFiles.path(option, name);
        Optional<byte[]> builtIn = Files.exists(path) ? Optional.empty() : FashionMnist.model(name);
        if (builtIn.isEmpty()) {
            InputFiles.require(option, path);
        }
        return new ModelSource(name, path, builtIn);
    }

    /** Returns the files that names stand for, none for a hub's models: their names aren't paths on every system. */
    public static List<Path> files(String option, List<String> names) {
        return names.stream()
                .filter(name -> !HubFiles.isReference(name))
                .map(name -> InputFiles.path(option, name))
                .toList();
    }

    /** Returns the model as it was named: a file's path unless it is built in or a hub's. */
    public String name() {
        return name;
    }

    /** Returns the name without folders: a file's, or that of a hub's repository. */
    public String shortName() throws IOException {
        return HubFiles.isReference(name)
                ? HubReference.parse(name).name()
                : String.valueOf(Path.of(name).getFileName());
    }

    /** Returns the files that are read, which nothing may overwrite. */
    public List<Path> inputs() {
        return List.of(file);
    }

    /** Loads the model. */
    public Classifier load(Workers workers) throws IOException {
        return builtIn.isPresent()
                ? Classifier.load(name.toString(), MemorySegment.ofArray(builtIn.get()), workers)
                : load(file, workers);
    }

    /** Loads a file, which is read as a stream unless it is in the system's file system. */
    private static Classifier load(Path file, Workers workers) throws IOException {
        if (file.getFileSystem().equals(FileSystems.getDefault())) {
            return Classifier.load(file, workers);
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return Classifier.load(file.toString(), channel, workers);
        }
    }

    /** Reads the model's header. */
    public ModelInfo info() throws IOException {
        return builtIn.isPresent()
                ? ModelInfo.read(name.toString(), MemorySegment.ofArray(builtIn.get()))
                : ModelInfo.read(file);
    }

    /** Returns the model's file; only a name if the model is built in. */
    public Path path() {
        return file;
    }

    /** Returns the content of a built-in model's file, which must not be changed; empty for other models. */
    public Optional<byte[]> builtIn() {
        return builtIn;
    }

    /** Writes a copy of the model's file, in the place of one that is there. */
    public void copyTo(Path target) throws IOException {
        if (builtIn.isPresent()) {
            Files.write(target, builtIn.get());
        } else {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Returns the length of the model's file. */
    public long bytes() throws IOException {
        return builtIn.isPresent() ? builtIn.get().length : Files.size(file);
    }

    /** Returns the SHA-256 of the model's file, in hexadecimal. */
    public String sha256() throws IOException {
        return builtIn.isPresent() ? Sha256.of(builtIn.get()) : Sha256.ofFile(file);
    }

    /** Returns whether two names are those of one model. */
    boolean isSame(ModelSource other) throws IOException {
        boolean files = builtIn.isEmpty() && other.builtIn.isEmpty();
        return files ? Files.isSameFile(file, other.file) : name.equals(other.name);
    }
}
