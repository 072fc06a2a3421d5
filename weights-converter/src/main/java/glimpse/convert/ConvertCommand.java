package glimpse.convert;

import glimpse.convert.error.ConvertException;
import glimpse.engine.Activation;
import glimpse.engine.image.Interpolation;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code glimpse convert}: a published checkpoint into the engine's own file. */
@Command(
        name = "convert",
        sortOptions = false,
        description = {
            "Converts a Vision Transformer's checkpoint into the file that Glimpse runs.",
            "",
            "Reads safetensors files, sharded or not, PyTorch's .pth and .bin, and folders as the Hugging Face hub lays them"
                    + " out, with the tensor names of timm or of Hugging Face, which it tells apart by itself. The"
                    + " architecture follows from the tensors' shapes. Heads are taken to be 64 wide as in"
                    + " the published models, unless a config.json beside the source or --heads says otherwise."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:converted", "1:reading or writing failed", "2:the source or an option can't be used"},
        footer = {
            "",
            "Example:",
            "  glimpse convert deit_tiny_patch16_224.safetensors --dtype f16 \\",
            "      --labels imagenet-classes.tsv --out tiny.safetensors"
        })
public final class ConvertCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "The checkpoint: a file, an index of shards, or a folder.")
    @SuppressWarnings("NullAway.Init")
    private Path source;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "How weights are stored: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private StoredType type = StoredType.F32;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Class labels, one per line: a name, a WordNet id and a name, or index, WordNet id and name"
                    + " separated by tabs.")
    private @Nullable Path labels;

    @Option(names = "--heads", paramLabel = "N", description = "Number of attention heads.")
    private @Nullable Integer heads;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description =
                    "Side of the input, a multiple of the patch size; position embeddings are interpolated from the trained ones.")
    private @Nullable Integer imageSize;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            converter = ActivationName.class,
            description = "Activation of the MLPs: gelu, gelu_tanh or quick_gelu; default: the source configuration's,"
                    + " otherwise the usual one of its publisher's models.")
    private @Nullable Activation activation;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "M",
            description = "Mean of each channel, 0..1; default: the source configuration's, otherwise ImageNet's.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "S",
            description = "Standard deviation of each channel; default as for --mean.")
    private List<Float> std = List.of();

    @Option(
            names = "--crop-pct",
            paramLabel = "F",
            description = "Side of the crop as a fraction of the resized image's shorter side (timm's crop_pct);"
                    + " default: the source configuration's, otherwise 0.875.")
    private @Nullable Double cropPct;

    @Option(
            names = "--crop-mode",
            paramLabel = "MODE",
            converter = CropModeName.class,
            description = "Framing (timm's crop_mode): center keeps proportions, squash resizes both sides alike, as_is"
                    + " neither resizes nor crops; default: the source configuration's, otherwise center.")
    private @Nullable CropMode cropMode;

    @Option(
            names = "--interpolation",
            paramLabel = "FILTER",
            converter = FilterName.class,
            description =
                    "Filter for resizing: bilinear or bicubic; default: the source configuration's, otherwise bicubic.")
    private @Nullable Interpolation interpolation;

    @Option(
            names = "--verify",
            paramLabel = "IMAGES",
            description =
                    "An image or a folder of images on which to compare the stored model's logits with the source's.")
    private @Nullable Path verify;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    /** Made by the command line, which fills in the options. */
    public ConvertCommand() {}

    @Override
    public Integer call() {
        PrintWriter stdout = spec.commandLine().getOut();
        try {
            ConversionReport report = Conversion.run(source, out, options());
            stdout.println(json ? report.json() : report.text());
            stdout.flush();
            return 0;
        } catch (ConvertException | SafetensorsException | ModelException | NoSuchFileException e) {
            return fail(WRONG_INPUT, String.valueOf(e.getMessage()));
        } catch (AccessDeniedException e) {
            return fail(FAILED, e.getMessage() + ": access denied");
        } catch (IOException e) {
            return fail(FAILED, String.valueOf(e.getMessage()));
        }
    }

    private ConversionOptions options() {
        ConversionOptions options =
                ConversionOptions.defaults().withStoredType(type).withPreprocessing(preprocessing());
        options = labels == null ? options : options.withLabelsFile(labels);
        options = heads == null ? options : options.withHeads(heads);
        options = imageSize == null ? options : options.withImageSize(imageSize);
        options = activation == null ? options : options.withActivation(activation);
        return verify == null ? options : options.withVerificationImages(verify);
    }

    private PreprocessingOptions preprocessing() {
        PreprocessingOptions options =
                PreprocessingOptions.defaults().withMean(mean).withStd(std);
        options = cropPct == null ? options : options.withCropPct(cropPct);
        options = cropMode == null ? options : options.withCropMode(cropMode);
        return interpolation == null ? options : options.withInterpolation(interpolation);
    }

    private int fail(int exitCode, String message) {
        PrintWriter stderr = spec.commandLine().getErr();
        stderr.println("glimpse convert: " + message);
        stderr.flush();
        return exitCode;
    }

    /** Reads an activation's name. */
    static final class ActivationName implements ITypeConverter<Activation> {
        @Override
        public Activation convert(String value) {
            return switch (value) {
                case "gelu" -> Activation.GELU;
                case "gelu_tanh" -> Activation.TANH_GELU;
                case "quick_gelu" -> Activation.QUICK_GELU;
                default -> throw new TypeConversionException("'" + value + "', expected gelu, gelu_tanh or quick_gelu");
            };
        }
    }

    /** Reads a crop mode's name. */
    static final class CropModeName implements ITypeConverter<CropMode> {
        @Override
        public CropMode convert(String value) {
            return switch (value) {
                case "center" -> CropMode.CENTER;
                case "squash" -> CropMode.SQUASH;
                case "as_is" -> CropMode.AS_IS;
                default -> throw new TypeConversionException("'" + value + "', expected center, squash or as_is");
            };
        }
    }

    /** Reads a filter's name. */
    static final class FilterName implements ITypeConverter<Interpolation> {
        @Override
        public Interpolation convert(String value) {
            return switch (value) {
                case "bilinear" -> Interpolation.BILINEAR;
                case "bicubic" -> Interpolation.BICUBIC;
                default -> throw new TypeConversionException("'" + value + "', expected bilinear or bicubic");
            };
        }
    }
}
