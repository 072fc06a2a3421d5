package glimpse.engine;

import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.layer.EncoderBlock;
import glimpse.engine.layer.Head;
import glimpse.engine.layer.PatchEmbedding;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Vision Transformer with its weights packed for the kernels: patch embedding, encoder blocks and head. Immutable; any number
 * of threads may share it, each with its own {@link Session}.
 */
public final class VisionTransformer {
    /** Metadata key of the class names, one a line. */
    public static final String LABELS_KEY = "glimpse.labels";

    private final VitConfig config;
    private final Map<String, String> metadata;
    private final List<String> labels;
    private final Workers workers;
    final Kernels kernels;
    final PatchEmbedding embedding;
    final List<EncoderBlock> blocks;
    final Head head;

    VisionTransformer(
            VitConfig config,
            Map<String, String> metadata,
            Workers workers,
            PatchEmbedding embedding,
            List<EncoderBlock> blocks,
            Head head) {
        this.config = config;
        this.metadata = Map.copyOf(metadata);
        String names = metadata.getOrDefault(LABELS_KEY, "");
        this.labels = names.isEmpty() ? List.of() : List.of(names.split("\n", -1));
        this.workers = workers;
        this.kernels = KernelProvider.kernels();
        this.embedding = embedding;
        this.blocks = List.copyOf(blocks);
        this.head = head;
    }

    /**
     * Reads a converted model and packs its weights. The file is not needed afterwards.
     *
     * @param file a safetensors file that the converter wrote
     * @param workers the threads of the model's forward passes, to be closed by the caller when done
     * @throws glimpse.engine.weights.SafetensorsException if the file is not well-formed safetensors
     * @throws glimpse.engine.weights.ModelException if it is, but not a converted model
     */
    public static VisionTransformer load(Path file, Workers workers) throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            return ModelLoader.load(tensors, file, workers);
        }
    }

    /** Returns the architecture. */
    public VitConfig config() {
        return config;
    }

    /** Returns the converted file's metadata: configuration, preprocessing, class names, the source's hash. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** One name a class, or an empty list where the file has none. */
    public List<String> labels() {
        return labels;
    }

    /** Returns a description of the kernels in use. */
    public String kernelDescription() {
        return kernels.description();
    }

    /** Returns a new session that runs on the workers that the model was loaded with. */
    public Session newSession() {
        return new Session(this, workers.team());
    }

    /**
     * Returns a new session that runs on workers of its own choice.
     *
     * @param sessionWorkers the threads of its forward passes, to be closed by the caller when done
     */
    public Session newSession(Workers sessionWorkers) {
        return new Session(
                this, Objects.requireNonNull(sessionWorkers, "sessionWorkers").team());
    }
}
