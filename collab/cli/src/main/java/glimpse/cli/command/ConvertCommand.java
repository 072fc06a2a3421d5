package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.file.OutputFiles;
import glimpse.cli.model.HubFiles;
import glimpse.cli.option.NameOf;
import glimpse.cli.option.NumberOf;
import glimpse.convert.Conversion;
import glimpse.convert.ConversionOptions;
import glimpse.convert.ConversionReport;
import glimpse.convert.CropMode;
import glimpse.convert.PreprocessingOptions;
import glimpse.convert.StoredType;
import glimpse.engine.Activation;
import glimpse.engine.image.Interpolation;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse convert}: a published checkpoint as the file that the engine loads. */
@Command(
        name = "convert",
        sortOptions = false,
        description = {
            "Converts a Vision Transformer's checkpoint to the file that the other commands load.",
            "",
            "A checkpoint is a safetensors file, a PyTorch file (.pth, .bin), an index of shards or a folder of the Hugging"
                    + " Face hub, with the tensor names of timm or of Hugging Face. The architecture follows from the shapes"
                    + " of the tensors. Heads are 64 wide unless a config.json beside the checkpoint or --heads says"
                    + " otherwise."
        },
        exitCodeList = {
            "0:The file was written.",
            "1:Reading or writing failed.",
            "2:The checkpoint or an option is invalid or not supported."
        },
        footer = {
            "",
            "Example:",
            "  glimpse convert deit_tiny_patch16_224.safetensors --dtype f16 \\",
            "      --labels imagenet-classes.tsv --out tiny.safetensors"
        })
public final class ConvertCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SOURCE",
            description = "Checkpoint: a file, an index of shards, a folder or hf:OWNER/NAME[@REVISION][/FILE].")
    @SuppressWarnings("NullAway.Init")
    private String source;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--force", description = "Overwrite FILE if it exists.")
    private boolean force;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "f32",
            converter = NameOf.WeightType.class,
            description = "Store weights as f32, f16, bf16 or int8. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private StoredType type;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Store these class labels, one per line: a name; or WordNet id and name; or index, WordNet id and"
                            + " name, separated by tabs. Or JSON: id2label, alone or in a config.json;"
                            + " imagenet_class_index.json; an array of names. Default: those of the source's"
                            + " config.json.")
    private @Nullable Path labels;

    @Option(
            names = "--heads",
            paramLabel = "N",
            converter = NumberOf.AtLeastOne.class,
            description =
                    "Set the number of attention heads. Default: that of the source's config.json, otherwise one per 64"
                            + " features.")
    private @Nullable Integer heads;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            converter = NumberOf.AtLeastOne.class,
            description = "Set the side of the model's input, a multiple of the patch size. Position embeddings are"
                    + " interpolated from the trained ones. Default: the trained size.")
    private @Nullable Integer imageSize;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            converter = NameOf.ActivationFunction.class,
            description = "Set the activation of the MLPs: gelu, gelu_tanh or quick_gelu. Default: that of the source's"
                    + " config.json, otherwise the usual one of its publisher's models.")
    private @Nullable Activation activation;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "NUMBERS",
            hideParamSyntax = true,
            description = "Subtract these means (0..1) from the channels, one number per channel separated by commas."
                    + " Default: those of the source's configuration, otherwise ImageNet's.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "NUMBERS",
            hideParamSyntax = true,
            description = "Divide the channels by these standard deviations. Default: as for --mean.")
    private List<Float> std = List.of();

    @Option(
            names = "--crop-pct",
            paramLabel = "F",
            converter = NumberOf.Fraction.class,
            description =
                    "Crop to this fraction of the resized image's shorter side, above 0 and up to 1 (timm's crop_pct)."
                            + " Default: that of the source's configuration, otherwise 0.875.")
    private @Nullable Double cropPct;

    @Option(
            names = "--crop-mode",
            paramLabel = "MODE",
            converter = NameOf.Crop.class,
            description =
                    "Frame images by: center, which resizes the shorter side and crops; squash, which resizes both"
                            + " sides to the same length and crops; or as_is, which neither resizes nor crops (timm's crop_mode)."
                            + " Default: that of the source's configuration, otherwise center.")
    private @Nullable CropMode cropMode;

    @Option(
            names = "--interpolation",
            paramLabel = "FILTER",
            converter = NameOf.Filter.class,
            description =
                    "Resize images with this filter: bilinear or bicubic. Default: that of the source's configuration,"
                            + " otherwise bicubic.")
    private @Nullable Interpolation interpolation;

    @Option(
            names = "--verify",
            paramLabel = "IMAGES",
            description = "Compare the logits of the written model with those of the source on an image or a folder of"
                    + " images.")
    private @Nullable Path verify;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    /** Made by the command line, which sets the options. */
    public ConvertCommand() {}

    @Override
    public Integer call() throws IOException {
        Optional<Path> local =
                HubFiles.isReference(source) ? Optional.empty() : Optional.of(InputFiles.path("SOURCE", source));
        if (local.isPresent() && !Files.exists(local.get())) {
            throw new UsageException("SOURCE " + source + ": no such file or folder");
        }
        if (labels != null) {
            InputFiles.require("--labels", labels);
        }
        if (verify != null && !Files.exists(verify)) {
            throw new UsageException("--verify " + verify + ": no such file or folder");
        }
        OutputFiles.require("--out", out, inputs(local));
        if (!force && Files.exists(out)) {
            throw new UsageException("--out " + out + ": already exists; --force overwrites it");
        }
        Path checkpoint = local.isPresent() ? local.get() : HubFiles.ofProcess().checkpoint(source);
        ConversionReport report = Conversion.run(checkpoint, out, options());
        spec.commandLine()
                .getOut()
                .println(json ? Json.write(ConversionValues.of(report)) : VisibleText.lines(report.text()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private List<Path> inputs(Optional<Path> local) {
        return Stream.of(local.orElse(null), labels, verify)
                .flatMap(file -> Optional.ofNullable(file).stream())
                .toList();
    }

    private ConversionOptions options() {
        ConversionOptions options = ConversionOptions.defaults()
                .withStoredType(type)
                .withPreprocessing(preprocessing())
                .withOverwrite(force);
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
}
