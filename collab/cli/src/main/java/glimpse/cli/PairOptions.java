package glimpse.cli;

import glimpse.collab.node.Classifier;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.metrics.Summary;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.run.ImageResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which edge and which server a command runs. */
final class PairOptions {
    @Option(
            names = "--edge",
            required = true,
            paramLabel = "FILE",
            description = "The edge's model: a file that glimpse convert wrote, or fashion-mnist/edge.")
    @SuppressWarnings("NullAway.Init")
    private Path edgeFile;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "FILE",
            description = "The server's model, or fashion-mnist/server.")
    @SuppressWarnings("NullAway.Init")
    private Path serverFile;

    /**
     * Two models that fit.
     *
     * @param edge the light one
     * @param server the heavy one
     * @param classes of both
     * @param hashes of the files, by name
     */
    record Pair(Classifier edge, Classifier server, ClassIndex classes, Map<String, String> hashes) {
        Pair {
            hashes = Map.copyOf(hashes);
        }

        Summary summary(List<ImageResult> rows, EvaluationPlan plan) {
            return new Summary(rows, plan, edge.transformer().config().patches(), edge.rawBytes());
        }
    }

    /** Says what is wrong with the files' names before anything is loaded. */
    void check() throws IOException {
        edgeFile = InputFiles.requireOrEmbedded("--edge", edgeFile);
        serverFile = InputFiles.requireOrEmbedded("--server", serverFile);
    }

    Pair load(Workers workers) throws IOException {
        check();
        Classifier edge = Classifier.load(edgeFile, workers);
        Classifier server = Files.isSameFile(edgeFile, serverFile) ? edge : Classifier.load(serverFile, workers);
        requireFit(edge.transformer().config(), server.transformer().config());
        return new Pair(
                edge,
                server,
                ModelClasses.of(edgeFile, edge),
                Map.of("edge_sha256", Sha256.ofFile(edgeFile), "server_sha256", Sha256.ofFile(serverFile)));
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
