package glimpse.engine;

import glimpse.engine.binding.TensorBinder;
import glimpse.engine.weights.DType;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a converted file holds, checked as {@link VisionTransformer#load} checks it but without reading any weights.
 * Immutable.
 *
 * @param config the architecture
 * @param metadata the file's metadata: configuration, preprocessing, labels, origin
 * @param labels the class labels, as many as the model has classes, or none
 * @param storedTypes the types that the weights are stored in
 */
public record ModelInfo(VitConfig config, Map<String, String> metadata, ClassLabels labels, Set<DType> storedTypes) {
    /** Copies the collections. */
    public ModelInfo {
        metadata = Map.copyOf(metadata);
        storedTypes = storedTypes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(storedTypes));
    }

    /**
     * Reads a converted file's header.
     *
     * @throws glimpse.engine.weights.SafetensorsException if the file isn't well-formed safetensors
     * @throws ModelException if it is, but isn't a converted model
     * @throws IOException if the file can't be read
     */
    public static ModelInfo read(Path file) throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            return checked(tensors);
        }
    }

    /**
     * Reads the header of a converted file that is already in memory.
     *
     * @param name what error messages call the file
     * @throws glimpse.engine.weights.SafetensorsException if the file isn't well-formed safetensors
     * @throws ModelException if it is, but isn't a converted model
     */
    public static ModelInfo read(String name, MemorySegment bytes) throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.of(name, bytes)) {
            return checked(tensors);
        }
    }

    private static ModelInfo checked(SafetensorsFile tensors) throws IOException {
        ModelInfo info = of(tensors);
        TensorBinder.bind(tensors, ModelTensors.shapes(info.config()));
        return info;
    }

    /** Reads the metadata, which the tensors may still contradict. */
    static ModelInfo of(SafetensorsFile file) throws ModelException {
        VitConfig config;
        try {
            config = VitConfig.readFrom(file.metadata());
        } catch (IllegalArgumentException e) {
            throw new ModelException(file.name() + ": " + e.getMessage());
        }
        ClassLabels labels = ClassLabels.readFrom(file.metadata());
        if (!labels.isEmpty() && labels.size() != config.classes()) {
            throw new ModelException(file.name() + ": metadata key " + ClassLabels.KEY + " has " + labels.size()
                    + " lines, expected one for each of " + config.classes() + " classes");
        }
        EnumSet<DType> types = EnumSet.noneOf(DType.class);
        file.tensors().values().forEach(tensor -> types.add(tensor.dtype()));
        return new ModelInfo(config, file.metadata(), labels, types);
    }
}
