package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.node.Classifier;
import glimpse.engine.ModelInfo;
import glimpse.engine.Workers;
import glimpse.evaluation.data.FashionMnist;
import glimpse.evaluation.io.Sha256;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A model that an option names: a file, or one that comes with the program and is read from memory. Immutable. */
public final class ModelSource {
    private final Path name;
    private final Optional<byte[]> builtIn;

    private ModelSource(Path name, Optional<byte[]> builtIn) {
        this.name = name;
        this.builtIn = builtIn;
    }

    /**
     * Returns the file, or the built-in model of that name.
     *
     * @throws UsageException naming the option if there is neither
     */
    public static ModelSource require(String option, Path name) throws IOException {
        Optional<byte[]> builtIn = Files.exists(name) ? Optional.empty() : FashionMnist.model(name.toString());
        if (builtIn.isEmpty()) {
            InputFiles.require(option, name);
        }
        return new ModelSource(name, builtIn);
    }

    /** Returns the model as it was named: a file's path unless it is built in. */
    public Path name() {
        return name;
    }

    /** Loads the model. */
    public Classifier load(Workers workers) throws IOException {
        return builtIn.isPresent()
                ? Classifier.load(name.toString(), MemorySegment.ofArray(builtIn.get()), workers)
                : Classifier.load(name, workers);
    }

    /** Reads the model's header. */
    public ModelInfo info() throws IOException {
        return builtIn.isPresent()
                ? ModelInfo.read(name.toString(), MemorySegment.ofArray(builtIn.get()))
                : ModelInfo.read(name);
    }

    /**
     * Returns the model's file, for what watches files. A built-in model is written to a temporary one, which is
     * deleted when the process ends.
     */
    public Path file() throws IOException {
        if (builtIn.isEmpty()) {
            return name;
        }
        Path file = Files.createTempFile("glimpse-", ".safetensors");
        file.toFile().deleteOnExit();
        return Files.write(file, builtIn.get());
    }

    /** Returns the length of the model's file. */
    public long bytes() throws IOException {
        return builtIn.isPresent() ? builtIn.get().length : Files.size(name);
    }

    /** Returns the SHA-256 of the model's file, in hexadecimal. */
    public String sha256() throws IOException {
        return builtIn.isPresent() ? Sha256.of(builtIn.get()) : Sha256.ofFile(name);
    }

    /** Returns whether two names are those of one model. */
    boolean isSame(ModelSource other) throws IOException {
        boolean files = builtIn.isEmpty() && other.builtIn.isEmpty();
        return files ? Files.isSameFile(name, other.name) : name.equals(other.name);
    }
}
