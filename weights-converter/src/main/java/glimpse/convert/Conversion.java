package glimpse.convert;

import glimpse.convert.checkpoint.Checkpoint;
import glimpse.convert.error.ConvertException;
import glimpse.convert.naming.CanonicalModel;
import glimpse.convert.naming.HubConfig;
import glimpse.convert.output.RowQuantisation;
import glimpse.convert.output.SafetensorsWriter;
import glimpse.convert.output.StoredTensor;
import glimpse.convert.source.TensorSource;
import glimpse.engine.ClassLabels;
import glimpse.engine.VitConfig;
import glimpse.engine.weights.DType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Converts a published checkpoint to the file that the engine loads.
 *
 * <p>A source is a safetensors file, a PyTorch zip checkpoint ({@code .pth}, {@code .bin}), an index of shards, or a
 * folder as the Hugging Face hub lays it out, with the tensor names of timm or transformers. The architecture follows
 * from the tensors' shapes; what those don't tell is taken from a {@code config.json} beside them, by convention, or
 * from the options. Nothing in a checkpoint is ever executed.
 *
 * <pre>{@code
 * ConversionOptions options = ConversionOptions.defaults()
 *         .withStoredType(StoredType.F16)
 *         .withPreprocessing(PreprocessingOptions.defaults().withCropPct(0.9));
 * ConversionReport report = Conversion.run(Path.of("vit.safetensors"), Path.of("vit-f16.safetensors"), options);
 * System.out.println(report.text());
 * }</pre>
 */
public final class Conversion {
    /** Metadata key of the SHA-256 of the source's files. */
    private static final String SOURCE_SHA256 = "glimpse.source.sha256";
    /** Metadata key of the source's file name. */
    private static final String SOURCE_NAME = "glimpse.source.name";
    /** Metadata key of whose tensor names the source has. */
    private static final String SOURCE_NAMING = "glimpse.source.layout";

    private static final String EXISTS = ": already exists, expected a new file unless it may be overwritten";

    private final Path source;
    private final Path target;
    private final ConversionOptions options;
    private final Optional<String> knownSha256;

    private Conversion(Path source, Path target, ConversionOptions options, Optional<String> knownSha256) {
        this.source = Objects.requireNonNull(source, "source");
        this.target = Objects.requireNonNull(target, "target");
        this.options = Objects.requireNonNull(options, "options");
        this.knownSha256 = knownSha256;
    }

    /**
     * Converts a checkpoint. The target appears under its name only when it is complete; the same source and options
     * give the same bytes. Safe for use by several threads with different targets; holds a small part of the weights at
     * a time.
     *
     * @param source the checkpoint
     * @param target the file to write; an existing file is replaced only if the options say so, and none that is read
     * @throws ConvertException if the source or an option can't be used; the message is one line that names it
     * @throws glimpse.engine.weights.SafetensorsException if a safetensors file of the source is malformed
     * @throws java.nio.file.NoSuchFileException if the source, the labels file or the verification images don't exist
     * @throws IOException if reading or writing fails
     */
    public static ConversionReport run(Path source, Path target, ConversionOptions options) throws IOException {
        return run(source, target, options, Optional.empty());
    }

    /**
     * Does the same.
     *
     * @param knownSha256 of the source if it is one file, which has just been verified, so that it isn't hashed again
     */
    static ConversionReport run(Path source, Path target, ConversionOptions options, Optional<String> knownSha256)
            throws IOException {
        return new Conversion(source, target, options, knownSha256).run();
    }

    private ConversionReport run() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(source)) {
            TensorSource tensors = checkpoint.tensors();
            checkTarget(tensors);
            HubConfig config = HubConfig.read(checkpoint.folder().resolve("config.json"));
            HubConfig preprocessor = HubConfig.read(checkpoint.folder().resolve("preprocessor_config.json"));
            CanonicalModel model = CanonicalModel.of(
                    tensors,
                    config,
                    new CanonicalModel.Given(options.heads(), options.imageSize(), options.activation()));
            PreprocessingResolver.Resolved resolved =
                    new PreprocessingResolver(options.preprocessing(), model.config(), config, preprocessor).resolve();
            ClassLabels labels = labels(model.config(), config);
            String sha256 = knownSha256.isPresent() && tensors.files().equals(List.of(source))
                    ? knownSha256.get()
                    : Digests.sha256(tensors.files());

            Map<String, String> metadata = new LinkedHashMap<>();
            model.config().writeTo(metadata);
            resolved.preprocessing().writeTo(metadata);
            labels.writeTo(metadata);
            metadata.put(SOURCE_NAME, fileName(source));
            metadata.put(SOURCE_NAMING, model.naming());
            metadata.put(SOURCE_SHA256, sha256);
            long bytes = write(metadata, stored(model, options.storedType()));
            Optional<Verification> verification = options.verificationImages().isPresent()
                    ? Optional.of(verified(
                            model, metadata, options.verificationImages().get()))
                    : Optional.empty();
            return new ConversionReport(
                    target,
                    bytes,
                    options.storedType(),
                    model.naming(),
                    model.config(),
                    labels,
                    resolved.preprocessing(),
                    resolved.crop(),
                    sha256,
                    verification);
        }
    }

    private void checkTarget(TensorSource tensors) throws IOException {
        if (Files.isDirectory(target)) {
            throw new ConvertException(target + ": a folder, expected a file name");
        }
        if (!Files.isDirectory(folder())) {
            throw new ConvertException(folder() + ": no such folder");
        }
        if (!Files.exists(target)) {
            return;
        }
        for (Path file : tensors.files()) {
            if (Files.isSameFile(target, file)) {
                throw new ConvertException(target + ": is the source itself; choose another name");
            }
        }
        for (Path file : otherInputs()) {
            if (Files.exists(file) && Files.isSameFile(target, file)) {
                throw new ConvertException(target + ": would overwrite the input " + file + "; choose another name");
            }
        }
        if (!Files.isRegularFile(target)) {
            throw new ConvertException(target + ": is no regular file, expected a file name");
        }
        if (!options.overwrite()) {
            throw new ConvertException(target + EXISTS);
        }
    }

    private List<Path> otherInputs() {
        List<Path> files = new ArrayList<>();
        options.labelsFile().ifPresent(files::add);
        options.verificationImages().ifPresent(files::add);
        return files;
    }

    private long write(Map<String, String> metadata, List<StoredTensor> tensors) throws IOException {
        if (options.overwrite()) {
            return SafetensorsWriter.write(target, metadata, tensors);
        }
        try {
            return SafetensorsWriter.create(target, metadata, tensors);
        } catch (FileAlreadyExistsException e) {
            throw new ConvertException(target + EXISTS, e);
        }
    }

    private Path folder() {
        Path folder = target.toAbsolutePath().getParent();
        return folder == null ? target.toAbsolutePath() : folder;
    }

    private ClassLabels labels(VitConfig model, HubConfig config) throws IOException {
        if (options.labelsFile().isPresent()) {
            return LabelsFile.read(options.labelsFile().get(), model.classes());
        }
        try {
            ClassLabels labels = ClassLabels.ofLines(config.labels());
            return labels.size() == model.classes() ? labels : ClassLabels.none();
        } catch (IllegalArgumentException e) {
            throw new ConvertException(config.name() + ": " + e.getMessage(), e);
        }
    }

    private Verification verified(CanonicalModel model, Map<String, String> metadata, Path images) throws IOException {
        Path exact = SafetensorsWriter.writeBeside(target, metadata, stored(model, StoredType.F32));
        try {
            return Verification.of(exact, target, images);
        } finally {
            Files.deleteIfExists(exact);
        }
    }

    private static List<StoredTensor> stored(CanonicalModel model, StoredType type) {
        List<StoredTensor> stored = new ArrayList<>();
        model.shapes().forEach((name, shape) -> {
            StoredTensor.Elements elements = (first, destination, count) -> model.read(name, first, destination, count);
            boolean matrix = shape.size() == 2 && name.endsWith(".weight");
            if (type != StoredType.INT8) {
                stored.add(new StoredTensor(name, shape, type.dtype(), elements));
            } else if (matrix) {
                stored.addAll(RowQuantisation.of(name, shape, elements));
            } else {
                stored.add(new StoredTensor(name, shape, DType.F32, elements));
            }
        });
        return stored;
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
