package glimpse.convert;

import glimpse.convert.checkpoint.Checkpoint;
import glimpse.convert.layout.CanonicalModel;
import glimpse.convert.layout.HubConfig;
import glimpse.convert.output.RowQuantisation;
import glimpse.convert.output.SafetensorsWriter;
import glimpse.convert.output.StoredTensor;
import glimpse.convert.output.StoredType;
import glimpse.convert.source.ConvertException;
import glimpse.convert.source.Digests;
import glimpse.convert.source.TensorSource;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint turned into the engine's own file.
 *
 * @param source the checkpoint
 * @param out the file to write; may replace another, but none of the source's
 * @param type how elements are stored
 * @param labels a file of class labels, if there is one
 * @param given what the user said about the architecture
 * @param preprocessing what the user said about it
 * @param verify images on which the stored model is compared with the source, if asked for
 */
record Conversion(
        Path source,
        Path out,
        StoredType type,
        Optional<Path> labels,
        CanonicalModel.Given given,
        PreprocessingChoice preprocessing,
        Optional<Path> verify) {

    /** Metadata key of the SHA-256 of the source's files. */
    static final String SOURCE_SHA256 = "glimpse.source.sha256";
    /** Metadata key of the source's file name. */
    static final String SOURCE_NAME = "glimpse.source.name";
    /** Metadata key of the layout that the source had. */
    static final String SOURCE_LAYOUT = "glimpse.source.layout";

    /**
     * What came out.
     *
     * @param out the file written
     * @param bytes its size
     * @param type how its elements are stored
     * @param layout the source's layout
     * @param config the architecture
     * @param labels number of class labels: 0 or one a class
     * @param preprocessing the model's
     * @param sourceSha256 of the source's files
     * @param verification how the stored model compares with the source, if asked for
     */
    record Result(
            Path out,
            long bytes,
            StoredType type,
            String layout,
            VitConfig config,
            int labels,
            Preprocessing preprocessing,
            String sourceSha256,
            Optional<Verification> verification) {}

    /**
     * Converts.
     *
     * @throws ConvertException if the source or an option can't be used
     * @throws IOException if reading or writing fails
     */
    Result run() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(source)) {
            TensorSource tensors = checkpoint.tensors();
            checkOut(tensors);
            HubConfig config = HubConfig.read(checkpoint.folder().resolve("config.json"));
            HubConfig preprocessor = HubConfig.read(checkpoint.folder().resolve("preprocessor_config.json"));
            CanonicalModel model = CanonicalModel.of(tensors, config, given);
            Preprocessing resolved = preprocessing.resolve(model.config(), config, preprocessor);
            List<String> names = labels(model.config(), config);
            String sha256 = Digests.sha256(tensors.files());

            Map<String, String> metadata = new LinkedHashMap<>();
            model.config().writeTo(metadata);
            resolved.writeTo(metadata);
            if (!names.isEmpty()) {
                metadata.put(ClassLabels.KEY, String.join("\n", names));
            }
            metadata.put(SOURCE_NAME, fileName(source));
            metadata.put(SOURCE_LAYOUT, model.layout());
            metadata.put(SOURCE_SHA256, sha256);
            long bytes = SafetensorsWriter.write(out, metadata, stored(model, type));
            Optional<Verification> verification =
                    verify.isPresent() ? Optional.of(verified(model, metadata, verify.get())) : Optional.empty();
            return new Result(
                    out, bytes, type, model.layout(), model.config(), names.size(), resolved, sha256, verification);
        }
    }

    private void checkOut(TensorSource tensors) throws IOException {
        if (Files.isDirectory(out)) {
            throw new ConvertException(out + ": a folder, expected a file name");
        }
        if (!Files.isDirectory(folder())) {
            throw new ConvertException(folder() + ": no such folder");
        }
        for (Path file : tensors.files()) {
            if (Files.exists(out) && Files.isSameFile(out, file)) {
                throw new ConvertException(out + ": is the source itself; choose another name");
            }
        }
    }

    private Path folder() {
        Path folder = out.toAbsolutePath().getParent();
        return folder == null ? out.toAbsolutePath() : folder;
    }

    private List<String> labels(VitConfig model, HubConfig config) throws IOException {
        List<String> names = labels.isPresent() ? ClassLabels.read(labels.get()) : config.labels();
        if (labels.isPresent() && names.size() != model.classes()) {
            throw new ConvertException(labels.get() + ": " + names.size() + " labels, expected " + model.classes()
                    + " as the model has classes");
        }
        return names.size() == model.classes() ? names : List.of();
    }

    private Verification verified(CanonicalModel model, Map<String, String> metadata, Path images) throws IOException {
        Path exact = Files.createTempFile(folder(), ".glimpse-exact-", ".tmp");
        try {
            SafetensorsWriter.write(exact, metadata, stored(model, StoredType.F32));
            return Verification.of(exact, out, images);
        } finally {
            Files.deleteIfExists(exact);
        }
    }

    private static List<StoredTensor> stored(CanonicalModel model, StoredType type) {
        List<StoredTensor> stored = new ArrayList<>();
        model.shapes().forEach((name, shape) -> {
            StoredTensor.Elements elements = (first, destination, count) -> model.read(name, first, destination, count);
            boolean matrix = shape.size() == 2 && name.endsWith(".weight");
            if (type != StoredType.I8) {
                stored.add(new StoredTensor(name, shape, type, elements));
            } else if (matrix) {
                stored.addAll(RowQuantisation.of(name, shape, elements));
            } else {
                stored.add(new StoredTensor(name, shape, StoredType.F32, elements));
            }
        });
        return stored;
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
