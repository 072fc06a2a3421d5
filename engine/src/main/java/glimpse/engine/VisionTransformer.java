package glimpse.engine;

import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.layer.EncoderBlock;
import glimpse.engine.layer.Head;
import glimpse.engine.layer.PatchEmbedding;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Vision Transformer with its weights packed for the kernels, in the type that they are stored in: patch embedding,
 * encoder blocks and head. Immutable; any number of threads may share it, each with its own {@link Session}.
 */
public final class VisionTransformer {
    private final ModelInfo info;
    private final Workers workers;
    final Kernels kernels;
    final PatchEmbedding embedding;
    final List<EncoderBlock> blocks;
    final Head head;

    VisionTransformer(ModelInfo info, Workers workers, PatchEmbedding embedding, List<EncoderBlock> blocks, Head head) {
        this.info = info;
        this.workers = workers;
        this.kernels = KernelProvider.kernels();
        this.embedding = embedding;
        this.blocks = List.copyOf(blocks);
        this.head = head;
    }

    /**
     * Reads a converted model from a file and packs its weights. The file isn't needed afterwards.
     *
     * @param file a safetensors file that the converter wrote
     * @param workers the threads of the model's forward passes, to be closed by the caller when done
     * @throws glimpse.engine.weights.SafetensorsException if the file isn't well-formed safetensors
     * @throws glimpse.engine.weights.ModelException if it is, but isn't a converted model
     * @throws IOException naming the file, if it can't be read
     */
    public static VisionTransformer load(Path file, Workers workers) throws IOException {
        Objects.requireNonNull(workers, "workers");
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            return ModelLoader.load(tensors, workers);
        }
    }

    /**
     * Reads a converted model from a channel, from its position to the end, and packs its weights. The channel isn't
     * closed.
     *
     * @param name what error messages call the file
     * @param channel in blocking mode; a {@code FileChannel} is mapped, any other content copied to memory outside the
     *     heap while the model is loaded
     * @param workers the threads of the model's forward passes, to be closed by the caller when done
     * @throws glimpse.engine.weights.SafetensorsException if the content isn't well-formed safetensors
     * @throws glimpse.engine.weights.ModelException if it is, but isn't a converted model
     * @throws IOException if the channel can't be read
     */
    public static VisionTransformer load(String name, ReadableByteChannel channel, Workers workers) throws IOException {
        Objects.requireNonNull(workers, "workers");
        try (SafetensorsFile tensors = SafetensorsFile.read(name, channel)) {
            return ModelLoader.load(tensors, workers);
        }
    }

    /**
     * Reads a converted model from a stream (a resource in a jar, say) to its end and packs its weights. The stream
     * isn't closed.
     *
     * @param name what error messages call the file
     * @param in the content, copied to memory outside the heap while the model is loaded
     * @param workers the threads of the model's forward passes, to be closed by the caller when done
     * @throws glimpse.engine.weights.SafetensorsException if the content isn't well-formed safetensors
     * @throws glimpse.engine.weights.ModelException if it is, but isn't a converted model
     * @throws IOException if the stream can't be read
     */
    @SuppressWarnings("resource") // closing the channel would close the caller's stream
    public static VisionTransformer load(String name, InputStream in, Workers workers) throws IOException {
        return load(name, Channels.newChannel(Objects.requireNonNull(in, "in")), workers);
    }

    /**
     * Packs the weights of a converted model that is in memory. The memory isn't needed afterwards.
     *
     * @param name what error messages call the file
     * @param bytes the file's content, which must not change meanwhile
     * @param workers the threads of the model's forward passes, to be closed by the caller when done
     * @throws glimpse.engine.weights.SafetensorsException if the content isn't well-formed safetensors
     * @throws glimpse.engine.weights.ModelException if it is, but isn't a converted model
     */
    public static VisionTransformer load(String name, MemorySegment bytes, Workers workers) throws IOException {
        Objects.requireNonNull(workers, "workers");
        try (SafetensorsFile tensors = SafetensorsFile.of(name, bytes)) {
            return ModelLoader.load(tensors, workers);
        }
    }

    /** Returns the architecture. */
    public VitConfig config() {
        return info.config();
    }

    /** Returns the converted file's metadata: configuration, preprocessing, class labels, origin. Unmodifiable. */
    public Map<String, String> metadata() {
        return info.metadata();
    }

    /** Returns the class labels: one per class, or none if the file has none. */
    public ClassLabels labels() {
        return info.labels();
    }

    /** Returns a description of the kernels in use. */
    public String kernelDescription() {
        return kernels.description();
    }

    /**
     * Returns the same model, with the same weights in memory, whose sessions run on other workers.
     *
     * @param otherWorkers the threads of its forward passes, to be closed by the caller when done
     */
    public VisionTransformer on(Workers otherWorkers) {
        return new VisionTransformer(
                info, Objects.requireNonNull(otherWorkers, "otherWorkers"), embedding, blocks, head);
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
