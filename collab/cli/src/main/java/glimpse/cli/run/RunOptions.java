package glimpse.cli.run;

import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.file.OutputFiles;
import glimpse.cli.model.ModelsOption;
import glimpse.cli.model.PairOptions;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.NumberOf;
import glimpse.cli.progress.Progress;
import glimpse.cli.progress.TimeLeft;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.run.RunResult;
import glimpse.evaluation.run.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Runs a plan in a folder, resumably. */
public final class RunOptions {
    /** Patches per batch: enough for several threads to share, few enough for the caches. */
    private static final int BATCH_PATCHES = 1600;

    private static final int MIN_BATCH = 8;

    /** Of the rows; another one's rows aren't reused. */
    private static final String FORMAT = "2";

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
        check(pair.files(), data, others);
    }

    /**
     * Checks that rows are computed in this process.
     *
     * @param option that can't do without
     */
    public void requireInProcess(String option) {
        if (!(runner instanceof RowRunner.InProcess)) {
            throw new UsageException(option + ": goes with glimpse on one machine, not with a cluster");
        }
    }

    /**
     * Checks the folder before anything is loaded.
     *
     * @param others what else the command reads
     */
    public void check(ModelsOption models, DataOptions data, List<Path> others) throws IOException {
        check(models.files(), data, others);
    }

    /**
     * Checks the folder before anything is loaded.
     *
     * @param models the models' files
     * @param others what else the command reads
     */
    public void check(List<Path> models, DataOptions data, List<Path> others) throws IOException {
        OutputFiles.requireRunFolder(
                "--out",
                out,
                Stream.of(models, data.files(), others).flatMap(List::stream).toList());
    }

    /** Opens the folder for the results; results that earlier evaluations left are kept. */
    public RunFolder open(EvaluationPlan plan, Pair pair, Dataset images) throws IOException {
        return RunFolder.open(out, fingerprint(plan, pair, images), fresh);
    }

    /** Opens a folder for results in that folder. */
    public RunFolder open(String name, EvaluationPlan plan, Pair pair, Dataset images) throws IOException {
        return RunFolder.open(out.resolve(name), fingerprint(plan, pair, images), fresh);
    }

    /** Opens the folder for what several servers have in common; each has a folder for its results in it. */
    public RunFolder openForServers() throws IOException {
        return RunFolder.open(
                out, new Fingerprint(new TreeMap<>(Map.of("format", FORMAT, "evaluated", "servers"))), fresh);
    }

    /** Returns what the rows of a plan depend on. */
    static Fingerprint fingerprint(EvaluationPlan plan, Pair pair, Dataset images) {
        SortedMap<String, String> values = values(pair.edge(), images);
        values.putAll(pair.hashes());
        putTemperature("edge_temperature", pair.edge(), values);
        putTemperature("server_temperature", pair.server(), values);
        values.put("server_baseline", Boolean.toString(plan.serverBaseline()));
        values.put(
                "sent",
                Stream.concat(
                                plan.uploads().stream().map(Upload::spec),
                                plan.erasures().stream().map(Erasure::spec))
                        .collect(Collectors.joining(" ")));
        if (!plan.askedBy().isEmpty()) {
            values.put(
                    "asked_by", plan.askedBy().stream().map(OffloadGate::spec).collect(Collectors.joining(" ")));
        }
        return new Fingerprint(values);
    }

    private static void putTemperature(String name, Classifier model, SortedMap<String, String> values) {
        if (model.temperature() != 1) {
            values.put(name, Double.toString(model.temperature()));
        }
    }

    private static SortedMap<String, String> values(Classifier model, Dataset images) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("format", FORMAT);
        images.encodings().forEach((name, sha256) -> values.put(Fingerprint.OPTIONAL + name, sha256));
        images.pixelsSha256().ifPresent(sha256 -> values.put("pixels_sha256", sha256));
        values.put("images", Integer.toString(images.size()));
        values.put("images_sha256", Fingerprint.ofListing(images));
        if (!model.validClasses().isEmpty()) {
            String classes = model.validClasses().toString();
            values.put("valid_classes_sha256", Sha256.of(classes.getBytes(StandardCharsets.UTF_8)));
        }
        return values;
    }

    /** Opens the folder for the tables of models that are evaluated alone; each has a folder for its rows in it. */
    public RunFolder openForModels() throws IOException {
        return RunFolder.open(
                out, new Fingerprint(new TreeMap<>(Map.of("format", FORMAT, "evaluated", "models"))), fresh);
    }

    /** Evaluates models alone, or resumes that; says on standard error what the data set left out. */
    public List<RunResult> runModels(List<ModelsOption.Loaded> models, Dataset images, CommandSpec spec)
            throws IOException, InterruptedException {
        remarks(images, spec);
        List<RowRunner.ModelRun> runs = new ArrayList<>();
        try {
            for (ModelsOption.Loaded model : models) {
                SortedMap<String, String> values = values(model.classifier(), images);
                values.put("model_sha256", model.sha256());
                RunFolder folder = RunFolder.open(out.resolve(model.folderName()), new Fingerprint(values), fresh);
                runs.add(new RowRunner.ModelRun(model, batchSize(model.classifier()), folder));
            }
            // every image takes as many passes
            return runner.runModels(
                    runs, images, () -> Progress.of(spec, new TimeLeft(row -> 1, OptionalDouble.empty())));
        } finally {
            for (RowRunner.ModelRun run : runs) {
                run.folder().close();
            }
        }
    }

    static void remarks(Dataset images, CommandSpec spec) {
        images.remarks().forEach(remark -> ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), remark));
    }

    private int batchSize(Classifier model) {
        return batch == null ? defaultBatchSize(model) : batch;
    }

    static int defaultBatchSize(Classifier model) {
        return Math.max(MIN_BATCH, BATCH_PATCHES / model.transformer().config().patches());
    }

    /** Runs a plan, or resumes it; says on standard error what the data set left out. */
    public List<ImageResult> run(EvaluationPlan plan, Pair pair, Dataset images, RunFolder folder, CommandSpec spec)
            throws IOException, InterruptedException {
        return run(plan, pair, images, folder, spec, OptionalDouble.empty());
    }

    /**
     * Runs a plan with pairs of models, or resumes that; says on standard error what the data set left out.
     *
     * @param runs pairs of one edge with different servers; at least one
     * @return for each pair, in their order, the rows of all images
     */
    public List<List<ImageResult>> run(
            EvaluationPlan plan, List<RowRunner.PairRun> runs, Dataset images, CommandSpec spec)
            throws IOException, InterruptedException {
        return run(plan, runs, images, spec, OptionalDouble.empty());
    }

    /**
     * Runs a plan, or resumes it; says on standard error what the data set left out.
     *
     * @param expectedSecondsPerImage for the time left, until the run shows what it takes; empty if unknown
     */
    public List<ImageResult> run(
            EvaluationPlan plan,
            Pair pair,
            Dataset images,
            RunFolder folder,
            CommandSpec spec,
            OptionalDouble expectedSecondsPerImage)
            throws IOException, InterruptedException {
        return run(plan, List.of(new RowRunner.PairRun(pair, folder)), images, spec, expectedSecondsPerImage)
                .getFirst();
    }

    private List<List<ImageResult>> run(
            EvaluationPlan plan,
            List<RowRunner.PairRun> runs,
            Dataset images,
            CommandSpec spec,
            OptionalDouble expectedSecondsPerImage)
            throws IOException, InterruptedException {
        remarks(images, spec);
        List<Pair> pairs = runs.stream().map(RowRunner.PairRun::pair).toList();
        try (Progress progress = Progress.of(spec, timeLeft(plan, pairs, expectedSecondsPerImage))) {
            return runner.run(plan, runs, images, batchSize(pairs.getFirst().edge()), progress);
        }
    }

    /**
     * Returns the estimate for a run.
     *
     * @param pairs of one edge with different servers, at least one
     */
    static TimeLeft timeLeft(EvaluationPlan plan, List<Pair> pairs, OptionalDouble expectedSecondsPerImage) {
        Workload workload = new Workload(
                pairs.getFirst().edge().transformer().config(),
                pairs.stream().map(pair -> pair.server().transformer().config()).toList(),
                plan.allUploads());
        return new TimeLeft(workload::multiplyAdds, expectedSecondsPerImage);
    }

    /**
     * Returns how many threads compute rows, which may be those of other machines.
     *
     * @param here those of this process
     */
    public int threads(int here) {
        return runner.threads(here);
    }

    /** Reports that every image failed and returns the exit code. */
    public static int allFailed(int failed, CommandSpec spec) {
        String all = failed == 1 ? "the only image" : "all " + failed + " images";
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + all + " failed");
        return ExitCode.FAILED;
    }
}
