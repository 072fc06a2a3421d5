package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.option.ImageArguments;
import glimpse.cli.option.InputFiles;
import glimpse.cli.option.ModelOption;
import glimpse.cli.option.ModelSource;
import glimpse.cli.option.ThreadsOption;
import glimpse.cli.output.JsonArrayPrinter;
import glimpse.collab.node.Classifier;
import glimpse.engine.Capture;
import glimpse.engine.Session;
import glimpse.engine.Workers;
import glimpse.evaluation.io.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse embed}: the feature vectors of images. */
@Command(
        name = "embed",
        sortOptions = false,
        description = {
            "Prints the feature vectors of images.",
            "",
            "The features of a classifier are the input of its head. Each line holds the file name, a tab and the numbers,"
                    + " separated by spaces."
        },
        exitCodeList = {
            "0:Every image was embedded.",
            "1:The command failed.",
            "2:The input is invalid. If it is one of several images, the others are embedded."
        },
        footer = {"", "Example:", "  glimpse embed --model dinov2.safetensors cat.jpg dog.png"})
public final class EmbedCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private ImageArguments arguments = new ImageArguments();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--json", description = "Print the features as JSON.")
    private boolean json;

    /** Made by the command line, which sets the options. */
    public EmbedCommand() {}

    @Override
    public Integer call() throws IOException {
        ModelSource source = model.source();
        try (Workers workers = threads.workers()) {
            Classifier encoder = source.load(workers);
            Session session = encoder.transformer().newSession();
            boolean good;
            if (json) {
                try (JsonArrayPrinter array =
                        new JsonArrayPrinter(spec.commandLine().getOut())) {
                    good = arguments.forEach(spec, file -> array.add(values(file, features(encoder, session, file))));
                }
            } else {
                good = arguments.forEach(spec, file -> print(file, features(encoder, session, file)));
            }
            return good ? ExitCode.OK : ExitCode.INVALID_INPUT;
        }
    }

    private static Map<String, Object> values(Path file, float[] features) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("image", file.toString());
        values.put("features", features);
        return values;
    }

    private static float[] features(Classifier encoder, Session session, Path file) throws IOException {
        var patches = encoder.preprocessing().normalise(encoder.patches(InputFiles.readImage(file)));
        return session.forward(patches, Capture.none()).features(0);
    }

    private void print(Path file, float[] features) {
        String numbers = IntStream.range(0, features.length)
                .mapToObj(i -> Float.toString(features[i]))
                .collect(Collectors.joining(" "));
        spec.commandLine().getOut().println(VisibleText.name(file.toString()) + "\t" + numbers);
        spec.commandLine().getOut().flush();
    }
}
