package glimpse.cli;

import glimpse.collab.node.Classifier;
import glimpse.engine.Capture;
import glimpse.engine.Session;
import glimpse.engine.Workers;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse embed}: images as vectors. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints the features of images: of an encoder its answer, of a classifier what it classifies by.",
            "A line an image: the file, a tab, and the numbers between spaces."
        },
        footer = {"", "Example:", "  glimpse embed --model dinov2.glimpse.safetensors cat.jpg dog.png"})
final class EmbedCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ImageArguments arguments = new ImageArguments();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path modelFile = arguments.model();
        try (Workers workers = threads.workers()) {
            Classifier model = Classifier.load(modelFile, workers);
            Session session = model.transformer().newSession();
            List<Map<String, Object>> answers = new ArrayList<>();
            boolean good = arguments.forEach(spec, file -> {
                float[] features = features(model, session, file);
                if (json) {
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put("image", file.toString());
                    answer.put("features", features);
                    answers.add(answer);
                } else {
                    print(file, features);
                }
            });
            if (json) {
                spec.commandLine().getOut().println(Json.write(answers));
            }
            return good ? 0 : ErrorLines.WRONG_INPUT;
        }
    }

    private static float[] features(Classifier model, Session session, Path file) throws IOException {
        var patches = model.preprocessing().normalise(model.patches(InputFiles.readImage(file)));
        return session.forward(patches, Capture.none()).features(0);
    }

    private void print(Path file, float[] features) {
        String numbers = IntStream.range(0, features.length)
                .mapToObj(i -> Float.toString(features[i]))
                .collect(Collectors.joining(" "));
        spec.commandLine().getOut().println(file + "\t" + numbers);
        spec.commandLine().getOut().flush();
    }
}
