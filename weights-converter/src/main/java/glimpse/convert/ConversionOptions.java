package glimpse.convert;

import glimpse.engine.Activation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Options of a conversion. What is left empty is taken from the checkpoint's shapes, from the configuration beside it,
 * or by convention. Immutable.
 *
 * @param storedType how weights are stored
 * @param labelsFile a UTF-8 file of class labels; one per line: a name, a WordNet id and a name, or the columns index,
 *     WordNet id and name separated by tabs
 * @param heads number of attention heads; if neither this nor the configuration says, heads are 64 wide as in published
 *     models
 * @param imageSize side of the model's input in pixels, a multiple of the patch size; position embeddings are
 *     interpolated from the trained ones
 * @param activation activation of the MLPs; not {@link Activation#SWIGLU}, which follows from the tensors
 * @param preprocessing the preprocessing stored with the model
 * @param verificationImages an image, or a folder of images, on which the stored model is compared with the source
 * @param overwrite whether an existing target is replaced; otherwise it is an error
 */
public record ConversionOptions(
        StoredType storedType,
        Optional<Path> labelsFile,
        OptionalInt heads,
        OptionalInt imageSize,
        Optional<Activation> activation,
        PreprocessingOptions preprocessing,
        Optional<Path> verificationImages,
        boolean overwrite) {
    private static final ConversionOptions DEFAULTS = new ConversionOptions(
            StoredType.F32,
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            PreprocessingOptions.defaults(),
            Optional.empty(),
            false);

    /** Checks that nothing is null. Values are checked against the model when it is converted. */
    public ConversionOptions {
        Objects.requireNonNull(storedType, "storedType");
        Objects.requireNonNull(labelsFile, "labelsFile");
        Objects.requireNonNull(heads, "heads");
        Objects.requireNonNull(imageSize, "imageSize");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(verificationImages, "verificationImages");
    }

    /** Returns the default options: weights stored as 32-bit floats, everything else empty. */
    public static ConversionOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another type for the weights. */
    public ConversionOptions withStoredType(StoredType type) {
        return new ConversionOptions(
                type, labelsFile, heads, imageSize, activation, preprocessing, verificationImages, overwrite);
    }

    /** Returns these options with a file of class labels. */
    public ConversionOptions withLabelsFile(Path file) {
        return new ConversionOptions(
                storedType,
                Optional.of(file),
                heads,
                imageSize,
                activation,
                preprocessing,
                verificationImages,
                overwrite);
    }

    /** Returns these options with a number of attention heads. */
    public ConversionOptions withHeads(int number) {
        return new ConversionOptions(
                storedType,
                labelsFile,
                OptionalInt.of(number),
                imageSize,
                activation,
                preprocessing,
                verificationImages,
                overwrite);
    }

    /** Returns these options with the side of the model's input in pixels. */
    public ConversionOptions withImageSize(int pixels) {
        return new ConversionOptions(
                storedType,
                labelsFile,
                heads,
                OptionalInt.of(pixels),
                activation,
                preprocessing,
                verificationImages,
                overwrite);
    }

    /** Returns these options with an activation of the MLPs. */
    public ConversionOptions withActivation(Activation function) {
        return new ConversionOptions(
                storedType,
                labelsFile,
                heads,
                imageSize,
                Optional.of(function),
                preprocessing,
                verificationImages,
                overwrite);
    }

    /** Returns these options with other options of the preprocessing. */
    public ConversionOptions withPreprocessing(PreprocessingOptions options) {
        return new ConversionOptions(
                storedType, labelsFile, heads, imageSize, activation, options, verificationImages, overwrite);
    }

    /** Returns these options with an image, or a folder of images, for verification. */
    public ConversionOptions withVerificationImages(Path images) {
        return new ConversionOptions(
                storedType, labelsFile, heads, imageSize, activation, preprocessing, Optional.of(images), overwrite);
    }

    /** Returns these options with the choice of whether an existing target is replaced. */
    public ConversionOptions withOverwrite(boolean replace) {
        return new ConversionOptions(
                storedType, labelsFile, heads, imageSize, activation, preprocessing, verificationImages, replace);
    }
}
