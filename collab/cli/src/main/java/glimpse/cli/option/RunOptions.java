package glimpse.cli.option;

import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.option.PairOptions.Pair;
import glimpse.cli.progress.Progress;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.run.Fingerprint;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Runs a plan in a folder, resumably. */
public final class RunOptions {
    /** Patches per batch: enough for several threads to share, few enough for the caches. */
    private static final int BATCH_PATCHES = 1600;

    private static final int MIN_BATCH = 8;

    @Option(
            names = "--batch",
            paramLabel = "N",
            hidden = true,
            converter = NumberOf.AtLeastOne.class,
            description = "Run the model on N images at a time.")
    private @Nullable Integer batch;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the results.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--fresh", description = "Start over: delete the rows that an earlier evaluation left in DIR.")
    private boolean fresh;

    private final RowRunner runner;

    /** Made by the command line, which sets the options; rows are computed in this process. */
    public RunOptions() {
        this(new RowRunner.InProcess());
    }

    /** Makes options with rows that are computed elsewhere. */
    public RunOptions(RowRunner runner) {
        this.runner = runner;
    }

    /**
     * Checks the folder before anything is loaded.
     *
     * @param others what else the command reads
     */
    public void check(PairOptions pair, DataOptions data, List<Path> others) throws IOException {
        OutputFiles.requireRunFolder(
                "--out",
                out,
                Stream.of(pair.files(), data.files(), others)
                        .flatMap(List::stream)
                        .toList());
    }

    /** Opens the folder for the results; results that earlier evaluations left are kept. */
    public RunFolder open(EvaluationPlan plan, Pair pair, Dataset images) throws IOException {
        TreeMap<String, String> values = new TreeMap<>(pair.hashes());
        values.put("format", "2");
        images.pixelsSha256().ifPresent(sha256 -> values.put("pixels_sha256", sha256));
        values.put("images", Integer.toString(images.size()));
        values.put("images_sha256", Fingerprint.ofListing(images));
        values.put("server_baseline", Boolean.toString(plan.serverBaseline()));
        values.put(
                "sent",
                String.join(" ", plan.uploads().stream().map(Upload::spec).toList()));
        return RunFolder.open(out, new Fingerprint(values), fresh);
    }

    /** Runs a plan, or resumes it; says on standard error what the data set left out. */
    public List<ImageResult> run(EvaluationPlan plan, Pair pair, Dataset images, RunFolder folder, CommandSpec spec)
            throws IOException, InterruptedException {
        images.remarks().forEach(remark -> ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), remark));
        int patches = pair.edge().transformer().config().patches();
        int size = batch == null ? Math.max(MIN_BATCH, BATCH_PATCHES / patches) : batch;
        try (Progress progress = Progress.of(spec)) {
            return runner.run(plan, pair, images, size, folder, progress);
        }
    }

    /** Reports that every image failed and returns the exit code. */
    public static int allFailed(int failed, CommandSpec spec) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": all " + failed + " images failed");
        return ExitCode.FAILED;
    }
}
