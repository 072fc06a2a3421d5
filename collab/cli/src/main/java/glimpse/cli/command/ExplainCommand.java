package glimpse.cli.command;

import glimpse.cli.command.Explanation.Question;
import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.file.OutputFiles;
import glimpse.cli.model.ModelClasses;
import glimpse.cli.model.ModelOption;
import glimpse.cli.model.ModelSource;
import glimpse.cli.option.NumberOf;
import glimpse.cli.option.NumberRanges;
import glimpse.cli.option.PolicyOptions;
import glimpse.cli.option.SpecOf;
import glimpse.cli.option.ThreadsOption;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.node.Classifier;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.overlay.PatchMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse explain}: a picture of a model's attention. */
@Command(
        name = "explain",
        sortOptions = false,
        description = {
            "Draws the attention of a model over an image.",
            "",
            "The picture shows the score of each patch, the patches that would be uploaded to a server and, with --layers or"
                    + " --heads, the attention of single layers and heads."
        },
        exitCodeList = {"0:The picture was written.", "1:The command failed.", "2:The input is invalid."},
        footer = {
            "",
            "Example:",
            "  glimpse explain --model tiny.safetensors dog.jpg --out dog.png --layers 12 --heads all"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int MIN_SIDE = 256;
    private static final long MAX_PIXELS = 100_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "IMAGE", description = "JPEG, PNG or WebP file, or fashion-mnist/0 to fashion-mnist/9999.")
    @SuppressWarnings("NullAway.Init")
    private Path imageFile;

    @Option(names = "--out", required = true, paramLabel = "PNG", description = "Picture to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            defaultValue = "raw",
            converter = SpecOf.Codec.class,
            description = "Encode pixels as: " + PayloadCodec.SYNTAX
                    + ". How many patches bytes:BYTES holds depends on it.%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private PayloadCodec codec;

    @Option(
            names = "--layers",
            paramLabel = "LAYERS",
            converter = NumberRanges.OfLayers.class,
            description = "Also draw the attention of these layers: all, or numbers and ranges such as 1,7-12."
                    + " Default: the last layer if --heads is given, none otherwise.")
    private @Nullable NumberRanges layers;

    @Option(
            names = "--heads",
            paramLabel = "HEADS",
            converter = NumberRanges.OfHeads.class,
            description =
                    "Draw the attention of these heads: mean (over all heads), all, or numbers and ranges such as 1,3."
                            + " Default: mean.")
    private @Nullable NumberRanges heads;

    @Option(
            names = "--scale",
            paramLabel = "N",
            converter = NumberOf.AtLeastOne.class,
            description = "Enlarge the image N times. Default: 1, or more for an image with a side below 256 pixels.")
    private @Nullable Integer scale;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--json", description = "Print the numbers as JSON.")
    private boolean json;

    /** Made by the command line, which sets the options. */
    public ExplainCommand() {}

    @Override
    public Integer call() throws IOException {
        ModelSource source = model.source();
        OutputFiles.require(
                "--out",
                out,
                Stream.concat(source.inputs().stream(), Stream.of(imageFile)).toList());
        requirePng();
        try (Workers workers = threads.workers()) {
            Classifier classifier = source.load(workers);
            VitConfig config = classifier.transformer().config();
            RgbImage picture = InputFiles.readImage(imageFile);
            Question question = question(config);
            int factor = factor(picture);
            requireDrawable(picture, factor, question);
            Explanation explanation = explain(classifier, picture, question);
            PatchMap map = PatchMap.of(picture, classifier.preprocessing().framing(), config.grid());
            ExplanationFigure figure =
                    new ExplanationFigure(imageFile, question, explanation, ModelClasses.of(source.name(), classifier));
            write(figure.draw(map, factor));
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? Json.write(new ExplanationValues(explanation, map, figure.classes())
                                            .values(
                                                    imageFile,
                                                    out,
                                                    policy.policy().score(),
                                                    policy.policy().selection()))
                                    : VisibleText.lines(String.join(System.lineSeparator(), figure.lines())));
            return ExitCode.OK;
        }
    }

    private void requirePng() {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new UsageException("--out " + out + ": the picture is a PNG, expected a name that ends in .png");
        }
    }

    private Question question(VitConfig config) {
        SortedSet<Integer> none = Collections.emptySortedSet();
        SortedSet<Integer> last = new TreeSet<>(Set.of(config.depth() - 1));
        SortedSet<Integer> chosenLayers =
                layers == null ? heads == null ? none : last : layers.indices("--layers", config.depth());
        SortedSet<Integer> chosenHeads = heads == null ? none : heads.indices("--heads", config.heads());
        return new Question(policy.policy(), codec, chosenLayers, chosenHeads);
    }

    private int factor(RgbImage picture) {
        if (scale != null) {
            return scale;
        }
        int side = Math.min(picture.width(), picture.height());
        return Math.max(1, (MIN_SIDE + side - 1) / side);
    }

    private static void requireDrawable(RgbImage picture, int factor, Question question) {
        int heads = Math.max(1, question.heads().size());
        long panels = 2L + (long) question.layers().size() * heads;
        long rows = 1L + question.layers().size();
        long pixels = Math.max(panels, rows * Math.max(2, heads)) * picture.width() * picture.height();
        if (pixels > MAX_PIXELS / ((long) factor * factor)) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "the picture would have more than %d million pixels (%d panels of %d x %d%s); choose fewer layers or"
                            + " heads, or a smaller --scale",
                    MAX_PIXELS / 1_000_000,
                    panels,
                    picture.width(),
                    picture.height(),
                    factor == 1 ? "" : ", enlarged " + factor + " times"));
        }
    }

    private Explanation explain(Classifier classifier, RgbImage picture, Question question)
            throws ImageFormatException {
        try {
            return Explanation.of(classifier, picture, imageFile.getFileName().toString(), question);
        } catch (IllegalArgumentException e) { // an image that doesn't suit the model, or a layer it doesn't have
            throw new UsageException(imageFile + ": " + e.getMessage());
        }
    }

    private void write(BufferedImage figure) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        if (!ImageIO.write(figure, "png", png)) {
            throw new IOException(out + ": this Java runtime has no PNG writer");
        }
        AtomicFile.write(out, png.toByteArray());
    }
}
