package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.input.ImageArguments;
import glimpse.cli.input.ImageModel;
import glimpse.cli.model.ModelOption;
import glimpse.cli.model.ModelSource;
import glimpse.cli.option.ThreadsOption;
import glimpse.collab.node.Classifier;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.Workers;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.VisibleText;
import java.io.IOException;
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
        footer = {"", "Example:", "  glimpse embed --model dinov2.safetensors photos/ --json"})
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

    @Option(names = "--json", description = "Print a line of JSON per image; one that fails has an error.")
    private boolean json;

    /** Made by the command line, which sets the options. */
    public EmbedCommand() {}

    @Override
    public Integer call() throws IOException {
        ModelSource source = model.source();
        try (Workers workers = threads.workers()) {
            boolean good = arguments.forEach(spec, () -> {
                Classifier encoder = source.load(workers);
                return new Embedding(encoder, encoder.transformer().newSession());
            });
            return good ? ExitCode.OK : ExitCode.INVALID_INPUT;
        }
    }

    /** Computes the features of images and prints them. */
    private final class Embedding implements ImageModel<PatchSequence, float[]> {
        private final Classifier encoder;
        private final Session session;

        Embedding(Classifier encoder, Session session) {
            this.encoder = encoder;
            this.session = session;
        }

        @Override
        public PatchSequence prepare(RgbImage image) throws ImageFormatException {
            return encoder.preprocessing().normalise(encoder.patches(image));
        }

        @Override
        public List<float[]> run(List<PatchSequence> images) {
            Output output = session.forward(images, Capture.none());
            return IntStream.range(0, images.size()).mapToObj(output::features).toList();
        }

        @Override
        public void print(String name, float[] features) {
            printLine(
                    json
                            ? Json.line(values(name, features))
                            : VisibleText.name(name) + "\t"
                                    + IntStream.range(0, features.length)
                                            .mapToObj(i -> Float.toString(features[i]))
                                            .collect(Collectors.joining(" ")));
        }

        @Override
        public void printFailure(String name, String reason) {
            if (json) {
                printLine(Json.line(ImageModel.failure(name, reason)));
            }
        }
    }

    private static Map<String, Object> values(String name, float[] features) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("image", name);
        values.put("features", features);
        return values;
    }

    private void printLine(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
