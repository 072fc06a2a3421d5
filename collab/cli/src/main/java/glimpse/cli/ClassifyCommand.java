package glimpse.cli;

import glimpse.collab.gate.Confidence;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import glimpse.engine.Workers;
import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.nio.file.Path;
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

/** {@code glimpse classify}: what a model sees in images. */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Classifies images and prints the most probable classes with their probabilities.",
        footer = {"", "Example:", "  glimpse classify --model tiny.glimpse.safetensors cat.jpg dog.png"})
final class ClassifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ImageArguments arguments = new ImageArguments();

    @Option(names = "--top", paramLabel = "N", description = "Classes to print; ${DEFAULT-VALUE} unless given.")
    private int top = 5;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new UsageException("--top " + top + " is invalid, expected 1 or more");
        }
        Path modelFile = arguments.model();
        try (Workers workers = threads.workers()) {
            Classifier model = Classifier.load(modelFile, workers);
            ClassIndex classes = ModelClasses.of(modelFile, model);
            EdgeRunner runner = new EdgeRunner(model, Set.of());
            List<Map<String, Object>> answers = new ArrayList<>();
            boolean good = arguments.forEach(spec, file -> {
                Prediction answer = runner.classify(List.of(model.patches(InputFiles.readImage(file))))
                        .getFirst()
                        .prediction();
                if (json) {
                    answers.add(values(file, answer, classes));
                } else {
                    print(file, answer, classes);
                }
            });
            if (json) {
                spec.commandLine().getOut().println(Json.write(answers));
            }
            return good ? 0 : ErrorLines.WRONG_INPUT;
        }
    }

    private void print(Path file, Prediction answer, ClassIndex classes) {
        spec.commandLine().getOut().println(file);
        for (ClassProbability one : answer.top(top)) {
            spec.commandLine()
                    .getOut()
                    .println(String.format(Locale.ROOT, "  %.4f  %s", one.probability(), classes.name(one.index())));
        }
        spec.commandLine().getOut().flush();
    }

    private Map<String, Object> values(Path file, Prediction answer, ClassIndex classes) {
        List<Map<String, Object>> ranked = new ArrayList<>();
        for (ClassProbability one : answer.top(top)) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("class", one.index());
            classes.wnid(one.index()).ifPresent(wnid -> values.put("wnid", wnid));
            values.put("name", classes.name(one.index()));
            values.put("probability", one.probability());
            ranked.add(values);
        }
        Confidence confidence = Confidence.of(answer);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("image", file.toString());
        values.put("top", ranked);
        values.put("min_entropy_bits", confidence.minEntropyBits());
        values.put("shannon_bits", confidence.shannonBits());
        values.put("margin", confidence.margin());
        return values;
    }
}
