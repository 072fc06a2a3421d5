package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.input.ImageArguments;
import glimpse.cli.input.ImageModel;
import glimpse.cli.model.ModelClasses;
import glimpse.cli.model.ModelOption;
import glimpse.cli.model.ModelSource;
import glimpse.cli.option.NumberOf;
import glimpse.cli.option.ThreadsOption;
import glimpse.collab.gate.Confidence;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import glimpse.engine.Workers;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse classify}: the most probable classes of images. */
@Command(
        name = "classify",
        sortOptions = false,
        description = "Classifies images and prints the most probable classes of each.",
        exitCodeList = {
            "0:Every image was classified.",
            "1:The command failed.",
            "2:The input is invalid. If it is one of several images, the others are classified."
        },
        footer = {
            "",
            "Example:",
            "  glimpse classify --model tiny.safetensors cat.jpg photos/",
            "  glimpse classify --model hf:facebook/deit-tiny-patch16-224 --json https://HOST/cat.jpg"
        })
public final class ClassifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private ImageArguments arguments = new ImageArguments();

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            converter = NumberOf.AtLeastOne.class,
            description = "Print the N most probable classes. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--json", description = "Print a line of JSON per image; one that fails has an error.")
    private boolean json;

    /** Made by the command line, which sets the options. */
    public ClassifyCommand() {}

    @Override
    public Integer call() throws IOException {
        ModelSource source = model.source();
        try (Workers workers = threads.workers()) {
            boolean good = arguments.forEach(spec, () -> {
                Classifier classifier = source.load(workers);
                return new Classification(classifier, ModelClasses.of(source.name(), classifier));
            });
            return good ? ExitCode.OK : ExitCode.INVALID_INPUT;
        }
    }

    /** Classifies images and prints their classes. */
    private final class Classification implements ImageModel<PixelPatches, Prediction> {
        private final Classifier classifier;
        private final ClassIndex classes;
        private final EdgeRunner runner;

        Classification(Classifier classifier, ClassIndex classes) {
            this.classifier = classifier;
            this.classes = classes;
            this.runner = new EdgeRunner(classifier, Set.of());
        }

        @Override
        public PixelPatches prepare(RgbImage image) throws ImageFormatException {
            return classifier.patches(image);
        }

        @Override
        public List<Prediction> run(List<PixelPatches> images) {
            return runner.classify(images).stream().map(EdgeResult::prediction).toList();
        }

        @Override
        public void print(String name, Prediction prediction) {
            if (json) {
                printLine(Json.line(values(name, prediction, classes)));
            } else {
                printText(name, prediction, classes);
            }
        }

        @Override
        public void printFailure(String name, String reason) {
            if (json) {
                printLine(Json.line(ImageModel.failure(name, reason)));
            }
        }
    }

    private void printLine(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void printText(String name, Prediction prediction, ClassIndex classes) {
        spec.commandLine().getOut().println(VisibleText.name(name));
        for (ClassProbability one : prediction.top(top)) {
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT, "  %.4f  %s", one.probability(), VisibleText.name(classes.name(one.index()))));
        }
        spec.commandLine().getOut().flush();
    }

    private Map<String, Object> values(String name, Prediction prediction, ClassIndex classes) {
        List<Map<String, Object>> ranked = new ArrayList<>();
        for (ClassProbability one : prediction.top(top)) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("class", one.index());
            classes.wnid(one.index()).ifPresent(wnid -> values.put("wnid", wnid));
            values.put("name", classes.name(one.index()));
            values.put("probability", one.probability());
            ranked.add(values);
        }
        Confidence confidence = Confidence.of(prediction);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("image", name);
        values.put("top", ranked);
        values.put("min_entropy_bits", confidence.minEntropyBits());
        values.put("shannon_bits", confidence.shannonBits());
        values.put("margin", confidence.margin());
        return values;
    }
}
