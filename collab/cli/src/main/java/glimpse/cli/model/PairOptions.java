package glimpse.cli.model;

import glimpse.cli.error.UsageException;
import glimpse.collab.node.Classifier;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.metrics.ResultAggregator;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The edge's and the server's models. */
public final class PairOptions {
    private static final String EDGE = "--edge";
    private static final String SERVER = "--server";

    @Option(
            names = EDGE,
            paramLabel = "FILE",
            description = "Model of the edge: a file written by glimpse convert, hf:OWNER/NAME or fashion-mnist/edge.")
    private @Nullable String edgeFile;

    @Option(
            names = SERVER,
            paramLabel = "FILE",
            description =
                    "Model of the server: a file written by glimpse convert, hf:OWNER/NAME or fashion-mnist/server.")
    private @Nullable String serverFile;

    /** Made by the command line, which sets the options. */
    public PairOptions() {}

    /** Returns an argument's default for a command whose models have one, null for every other argument. */
    public static @Nullable String defaultOf(ArgSpec argument, String edge, String server) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        return switch (option.longestName()) {
            case EDGE -> edge;
            case SERVER -> server;
            default -> null;
        };
    }

    /**
     * Two models that take the same images and know the same classes.
     *
     * @param edge the light model
     * @param server the heavy model
     * @param classes the classes of both
     * @param hashes SHA-256 of each model's file, by the name it has in a fingerprint
     * @param edgeSource where the light model comes from
     * @param serverSource where the heavy model comes from
     */
    public record Pair(
            Classifier edge,
            Classifier server,
            ClassIndex classes,
            Map<String, String> hashes,
            ModelSource edgeSource,
            ModelSource serverSource) {
        /** Copies the hashes. */
        public Pair {
            hashes = Map.copyOf(hashes);
        }

        /** Returns the same models predicting among some of their classes; all if there are none. */
        public Pair among(List<Integer> validClasses) {
            return new Pair(
                    edge.among(validClasses), server.among(validClasses), classes, hashes, edgeSource, serverSource);
        }

        /** Returns the same models at other temperatures. */
        public Pair at(double edgeTemperature, double serverTemperature) {
            return new Pair(
                    edge.at(edgeTemperature), server.at(serverTemperature), classes, hashes, edgeSource, serverSource);
        }

        /** Returns the aggregator for an evaluation of this pair. */
        public ResultAggregator aggregator(List<ImageResult> rows, EvaluationPlan plan) {
            return new ResultAggregator(rows, plan, edge.transformer().config().patches(), edge.rawBytes());
        }
    }

    /** Returns the files among both, the edge's first, which nothing may overwrite. */
    public List<Path> files() {
        return ModelSource.files(EDGE + " or " + SERVER, List.of(edgeFile(), serverFile()));
    }

    private String edgeFile() {
        return required(EDGE, edgeFile);
    }

    private String serverFile() {
        return required(SERVER, serverFile);
    }

    /** A command with models of another kind takes neither, so that the parser can't require them. */
    private static String required(String option, @Nullable String file) {
        if (file == null) {
            throw new UsageException("missing " + option + " FILE, expected --edge and --server");
        }
        return file;
    }

    /** Checks that both files exist, before anything is loaded. */
    public void check() throws IOException {
        edgeSource();
        serverSource();
    }

    private ModelSource edgeSource() throws IOException {
        return ModelSource.require(EDGE, edgeFile());
    }

    private ModelSource serverSource() throws IOException {
        return ModelSource.require(SERVER, serverFile());
    }

    /**
     * Loads both models, one model once.
     *
     * @throws UsageException if the two don't fit each other
     */
    public Pair load(Workers workers) throws IOException {
        return Edge.load(edgeSource(), workers).with(serverSource(), workers);
    }

    /**
     * The edge's model, of which servers of several models make pairs.
     *
     * @param source where it comes from
     * @param classifier the model
     * @param classes its classes
     * @param sha256 of its file
     */
    public record Edge(ModelSource source, Classifier classifier, ClassIndex classes, String sha256) {
        /** Loads the model. */
        public static Edge load(ModelSource source, Workers workers) throws IOException {
            Classifier edge = source.load(workers);
            return new Edge(source, edge, ModelClasses.of(source.name(), edge), source.sha256());
        }

        /**
         * Loads a server's model, unless it is the same, and returns both.
         *
         * @throws UsageException if the two don't fit each other
         */
        public Pair with(ModelSource server, Workers workers) throws IOException {
            Classifier loaded = source.isSame(server) ? classifier : server.load(workers);
            requireFit(classifier.transformer().config(), loaded.transformer().config());
            return new Pair(
                    classifier,
                    loaded,
                    classes,
                    Map.of("edge_sha256", sha256, "server_sha256", server.sha256()),
                    source,
                    server);
        }
    }

    private static void requireFit(VitConfig edge, VitConfig server) {
        requireSame("image size", edge.imageSize(), server.imageSize());
        requireSame("patch size", edge.patchSize(), server.patchSize());
        requireSame("number of channels", edge.channels(), server.channels());
        requireSame("number of classes", edge.classes(), server.classes());
    }

    private static void requireSame(String what, int edge, int server) {
        if (edge != server) {
            throw new UsageException("--edge and --server don't fit: the " + what + " is " + edge + " and " + server);
        }
    }
}
