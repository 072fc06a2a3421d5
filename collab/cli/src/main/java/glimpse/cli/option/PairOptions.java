package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.node.Classifier;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.metrics.ResultAggregator;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.run.ImageResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The edge's and the server's models. */
public final class PairOptions {
    @Option(
            names = "--edge",
            paramLabel = "FILE",
            description = "Model of the edge: a file written by glimpse convert, hf:OWNER/NAME or fashion-mnist/edge.")
    private @Nullable Path edgeFile;

    @Option(
            names = "--server",
            paramLabel = "FILE",
            description =
                    "Model of the server: a file written by glimpse convert, hf:OWNER/NAME or fashion-mnist/server.")
    private @Nullable Path serverFile;

    /** Made by the command line, which sets the options. */
    public PairOptions() {}

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

        /** Returns the aggregator for an evaluation of this pair. */
        public ResultAggregator aggregator(List<ImageResult> rows, EvaluationPlan plan) {
            return new ResultAggregator(rows, plan, edge.transformer().config().patches(), edge.rawBytes());
        }
    }

    /** Returns both files. */
    List<Path> files() {
        return List.of(edgeFile(), serverFile());
    }

    private Path edgeFile() {
        return required("--edge", edgeFile);
    }

    private Path serverFile() {
        return required("--server", serverFile);
    }

    /** A command with models of another kind takes neither, so that the parser can't require them. */
    private static Path required(String option, @Nullable Path file) {
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
        return ModelSource.require("--edge", edgeFile());
    }

    private ModelSource serverSource() throws IOException {
        return ModelSource.require("--server", serverFile());
    }

    /**
     * Loads both models, one model once.
     *
     * @throws UsageException if the two don't fit each other
     */
    public Pair load(Workers workers) throws IOException {
        ModelSource edgeSource = edgeSource();
        ModelSource serverSource = serverSource();
        Classifier edge = edgeSource.load(workers);
        Classifier server = edgeSource.isSame(serverSource) ? edge : serverSource.load(workers);
        requireFit(edge.transformer().config(), server.transformer().config());
        return new Pair(
                edge,
                server,
                ModelClasses.of(edgeFile(), edge),
                Map.of("edge_sha256", edgeSource.sha256(), "server_sha256", serverSource.sha256()),
                edgeSource,
                serverSource);
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
