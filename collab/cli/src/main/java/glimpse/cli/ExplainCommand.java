package glimpse.cli;

import glimpse.cli.Explanation.HeadAttention;
import glimpse.cli.Explanation.Question;
import glimpse.collab.gate.Confidence;
import glimpse.collab.node.Classifier;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.ClassProbability;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.overlay.FigureGrid;
import glimpse.evaluation.overlay.Overlay;
import glimpse.evaluation.overlay.PatchMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse explain}: a picture of what a model attends to. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Draws what a model attends to in an image: the patches' scores, the patches that would cross to a server,"
                    + " and the attention of chosen layers and heads, at the image's own resolution."
        },
        footer = {
            "",
            "Example:",
            "  glimpse explain --model tiny.glimpse.safetensors dog.jpg --out dog.png --layers 12 --heads all"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int LEAST_SIDE = 256;
    private static final long MOST_PIXELS = 100_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "A file that glimpse convert wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path modelFile;

    @Parameters(paramLabel = "IMAGE", description = "A JPEG, PNG or WebP file.")
    @SuppressWarnings("NullAway.Init")
    private Path imageFile;

    @Option(names = "--out", required = true, paramLabel = "PNG", description = "The picture to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--score",
            paramLabel = "SCORE",
            description = "mean, rollout or rollout-heads-first[:LAYERS]; ${DEFAULT-VALUE} unless given.")
    private String score = "mean";

    @Option(
            names = "--select",
            paramLabel = "SELECTION",
            description =
                    "sum:SHARE, sum-crossing:SHARE, top:COUNT, threshold:SCORE, random:COUNT or all; ${DEFAULT-VALUE}"
                            + " unless given.")
    private String select = "sum:0.97";

    @Option(
            names = "--layers",
            paramLabel = "LAYERS",
            description = "Draw these layers' attention too: 1,7-12 or all; with --heads alone, the last one's.")
    private @Nullable String layers;

    @Option(
            names = "--heads",
            paramLabel = "HEADS",
            description = "Of these heads: 1,3, all, or mean for the mean of all; with --layers alone, mean.")
    private @Nullable String heads;

    @Option(
            names = "--scale",
            paramLabel = "N",
            description = "Draw N times as large; unless given 1, or as much as makes a small image 256 pixels high.")
    private @Nullable Integer scale;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--json", description = "Print the numbers as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        AttentionScore chosenScore = Parsed.option("--score", score, AttentionScore::parse);
        PatchSelection selection = Parsed.option("--select", select, PatchSelection::parse);
        modelFile = InputFiles.requireOrEmbedded("--model", modelFile);
        try (Workers workers = threads.workers()) {
            Classifier model = Classifier.load(modelFile, workers);
            ClassIndex classes = ModelClasses.of(modelFile, model);
            RgbImage picture = InputFiles.readImage(imageFile);
            Question question = question(model.transformer().config(), chosenScore, selection);
            int factor = factor(picture);
            requireDrawable(picture, factor, question);
            Explanation explanation = explain(model, picture, question);
            PatchMap map = PatchMap.of(
                    picture,
                    model.preprocessing().framing(),
                    model.transformer().config().grid());
            write(sheet(explanation, map, factor, classes));
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? Json.write(new ExplanationValues(explanation, map, classes)
                                            .values(imageFile, out, chosenScore, selection))
                                    : String.join(System.lineSeparator(), lines(explanation, classes)));
            return 0;
        }
    }

    private Question question(VitConfig config, AttentionScore chosenScore, PatchSelection selection) {
        SortedSet<Integer> none = Collections.emptySortedSet();
        SortedSet<Integer> last = new TreeSet<>(Set.of(config.depth() - 1));
        SortedSet<Integer> chosenLayers = layers == null
                ? heads == null ? none : last
                : Parsed.option("--layers", layers, text -> NumberRanges.parse(text, config.depth()));
        SortedSet<Integer> chosenHeads = heads == null || heads.equals("mean")
                ? none
                : Parsed.option("--heads", heads, text -> NumberRanges.parse(text, config.heads()));
        return new Question(chosenScore, selection, chosenLayers, chosenHeads);
    }

    private int factor(RgbImage picture) {
        if (scale == null) {
            int side = Math.min(picture.width(), picture.height());
            return Math.max(1, (LEAST_SIDE + side - 1) / side);
        }
        if (scale < 1) {
            throw new UsageException("--scale " + scale + " is invalid, expected 1 or more");
        }
        return scale;
    }

    private static void requireDrawable(RgbImage picture, int factor, Question question) {
        int heads = Math.max(1, question.heads().size());
        long panels = 2L + (long) question.layers().size() * heads;
        long rows = 1L + question.layers().size();
        long pixels = Math.max(panels, rows * Math.max(2, heads)) * picture.width() * picture.height();
        if (pixels > MOST_PIXELS / ((long) factor * factor)) {
            throw new UsageException(panels + " pictures of " + picture.width() + " x " + picture.height() + " pixels"
                    + (factor == 1 ? "" : ", " + factor + " times as large,")
                    + " are too many for one, choose fewer layers or heads");
        }
    }

    private Explanation explain(Classifier model, RgbImage picture, Question question) throws ImageFormatException {
        try {
            return Explanation.of(model, picture, imageFile.getFileName().toString(), question);
        } catch (IllegalArgumentException e) { // an image that doesn't suit the model, or a layer it doesn't have
            throw new UsageException(imageFile + ": " + e.getMessage());
        }
    }

    private BufferedImage sheet(Explanation explanation, PatchMap map, int factor, ClassIndex classes) {
        Overlay overlay = new Overlay(explanation.picture(), map, factor);
        FigureGrid sheet = new FigureGrid(overlay.width(), overlay.height());
        float[] scores = explanation.scores().array();
        sheet.row();
        sheet.add("score " + score, overlay.heat(scores));
        sheet.add("kept by " + select, overlay.kept(explanation.kept().positions()));
        int layer = -1;
        for (HeadAttention attention : explanation.attention()) {
            if (attention.layer() != layer) {
                sheet.row();
                layer = attention.layer();
            }
            sheet.add(attention.caption(), overlay.heat(attention.weights().array()));
        }
        lines(explanation, classes).forEach(sheet::line);
        if (!explanation.attention().isEmpty()) {
            sheet.line("Each layer's and head's picture has a scale of its own: its highest attention is brightest.");
        }
        return sheet.draw(Overlay.brightest(scores));
    }

    private List<String> lines(Explanation explanation, ClassIndex classes) {
        ClassProbability first = explanation.answer().top(1).getFirst();
        Confidence confidence = Confidence.of(explanation.answer());
        SelectedPatches kept = explanation.kept();
        int patches = explanation.scores().array().length;
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %s, probability %.4f",
                        imageFile.getFileName(),
                        classes.name(first.index()),
                        first.probability()),
                String.format(
                        Locale.ROOT,
                        "min-entropy %.3f bits, Shannon entropy %.3f bits, margin %.4f",
                        confidence.minEntropyBits(),
                        confidence.shannonBits(),
                        confidence.margin()),
                String.format(
                        Locale.ROOT,
                        "%s of score %s keeps %d of %d patches (%.1f %%), %.4f of the score",
                        select,
                        score,
                        kept.count(),
                        patches,
                        100.0 * kept.count() / patches,
                        kept.sumOfScores()));
    }

    private void write(BufferedImage sheet) throws IOException {
        try (OutputStream file = Files.newOutputStream(out)) {
            if (!ImageIO.write(sheet, "png", file)) {
                throw new IOException(out + ": this Java runtime has no PNG writer");
            }
        }
    }
}
