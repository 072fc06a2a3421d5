package glimpse.cli;

import glimpse.cli.PairOptions.Pair;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.node.ServerNode;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.run.Evaluation;
import glimpse.evaluation.run.Fingerprint;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How and where a plan is run, resumable. */
final class RunOptions {
    /** Tokens that a batch has if nothing else is asked for: enough for two threads to share, few enough for caches. */
    private static final int BATCH_PATCHES = 1600;

    private static final int LEAST_BATCH = 8;

    @Option(names = "--batch", paramLabel = "N", hidden = true, description = "Images run together.")
    private @Nullable Integer batch;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the results.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--fresh", description = "Drop results of another evaluation in OUT; otherwise they are an error.")
    private boolean fresh;

    /** Says what is wrong before anything is loaded. */
    void check() {
        if (batch != null && batch < 1) {
            throw new UsageException("--batch " + batch + " is invalid, expected 1 or more");
        }
    }

    /** Opens the folder for the results; finished rows of the same plan on the same images stay. */
    RunFolder open(EvaluationPlan plan, Pair pair, Dataset images) throws IOException {
        TreeMap<String, String> values = new TreeMap<>(pair.hashes());
        values.put("format", "2");
        values.put("images", Integer.toString(images.size()));
        values.put("images_sha256", Sha256.ofListing(images));
        values.put("server_baseline", Boolean.toString(plan.serverBaseline()));
        values.put(
                "sent",
                String.join(" ", plan.uploads().stream().map(Upload::spec).toList()));
        return RunFolder.open(out, new Fingerprint(values), fresh);
    }

    /** Runs a plan, or goes on with it. */
    List<ImageResult> run(EvaluationPlan plan, Pair pair, Dataset images, RunFolder folder, CommandSpec spec)
            throws IOException, InterruptedException {
        int patches = pair.edge().transformer().config().patches();
        int size = batch == null ? Math.max(LEAST_BATCH, BATCH_PATCHES / patches) : batch;
        try (Progress progress = Progress.of(spec);
                InProcessChannel channel = new InProcessChannel(new ServerNode(pair.server()))) {
            return new Evaluation(pair.edge(), channel, plan, size).run(images, folder, progress);
        }
    }

    /** Says that no image is left to make a table of; the exit code. */
    static int allFailed(int failed, CommandSpec spec) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": all " + failed + " images failed");
        return ErrorLines.FAILED;
    }
}
