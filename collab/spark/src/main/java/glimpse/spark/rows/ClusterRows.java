package glimpse.spark.rows;

import glimpse.cli.model.ModelsOption;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.cli.progress.Progress;
import glimpse.cli.run.RowRunner;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResultFormat;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.run.Evaluation;
import glimpse.evaluation.run.EvaluationListener;
import glimpse.evaluation.run.RowSource;
import glimpse.evaluation.run.RunResult;
import glimpse.evaluation.run.Speed;
import glimpse.spark.file.HadoopFiles;
import glimpse.spark.model.SharedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Computes rows on a cluster. Each task commits those of a slice as a file beside the results; the driver takes them in
 * the images' order, so the run ends up as on one machine. A driver that was killed finds the files of its predecessor.
 */
public final class ClusterRows implements RowRunner {
    private static final String IMAGES_PER_TASK = "spark.glimpse.imagesPerTask";
    private static final String FOLDER_PREFIX = "rows-";
    private static final int NAME_DIGITS = 16;
    private static final String EDGE_HASH = "edge_sha256";
    private static final String SERVER_HASH = "server_sha256";

    private final Supplier<JavaSparkContext> spark;
    private final List<String> arguments;
    private final Optional<String> remote;

    /**
     * Creates a runner.
     *
     * @param spark starts Spark when it is first needed
     * @param arguments the command's
     * @param remote URI of the folder that all executors share; empty if it is the run's folder
     */
    public ClusterRows(Supplier<JavaSparkContext> spark, List<String> arguments, Optional<String> remote) {
        this.spark = spark;
        this.arguments = List.copyOf(arguments);
        this.remote = remote;
    }

    /** Runs the plan with one pair after another, each in a job of its own. */
    @Override
    public List<List<ImageResult>> run(
            EvaluationPlan plan, List<PairRun> runs, Dataset images, int batchSize, EvaluationListener listener)
            throws IOException, InterruptedException {
        List<List<ImageResult>> rows = new ArrayList<>();
        for (PairRun run : runs) {
            rows.add(compute(plan, run.pair(), images, batchSize, run.folder(), listener)
                    .rows());
        }
        return rows;
    }

    /** Evaluates one model after another, each in a job of its own, as a pair whose server is asked nothing. */
    @Override
    public List<RunResult> runModels(List<ModelRun> models, Dataset images, Supplier<Progress> progress)
            throws IOException, InterruptedException {
        List<RunResult> results = new ArrayList<>();
        for (ModelRun run : models) {
            try (Progress report = progress.get()) {
                results.add(compute(
                        EvaluationPlan.MODEL_ALONE, alone(run.model()), images, run.batchSize(), run.folder(), report));
            }
        }
        long wallNanos = results.stream()
                .mapToLong(result -> result.speed().wallNanos())
                .sum(); // of all models, as where they share a pass
        return results.stream()
                .map(result -> new RunResult(
                        result.rows(), new Speed(result.speed().images(), OptionalLong.empty(), wallNanos)))
                .toList();
    }

    private static Pair alone(ModelsOption.Loaded model) {
        return new Pair(
                model.classifier(),
                model.classifier(),
                model.classes(),
                Map.of(EDGE_HASH, model.sha256(), SERVER_HASH, model.sha256()),
                model.source(),
                model.source());
    }

    /** Returns the cores of all executors, each of which runs a task on its thread. */
    @Override
    public int threads(int here) {
        return ClusterCores.count(spark.get());
    }

    private RunResult compute(
            EvaluationPlan plan,
            Pair pair,
            Dataset images,
            int batchSize,
            RunFolder folder,
            EvaluationListener listener)
            throws IOException, InterruptedException {
        JavaSparkContext context = spark.get();
        Configuration configuration = context.hadoopConfiguration();
        String shared = remote.orElseGet(() -> HadoopFiles.name(folder.file("")));
        String rowFolder =
                shared + "/" + FOLDER_PREFIX + folder.fingerprint().sha256().substring(0, NAME_DIGITS);
        RowFiles files = RowFiles.of(rowFolder, configuration);
        if (folder.fresh()) {
            files.delete();
        }
        RowSource source = (missing, sink) -> {
            RowMerge merge = new RowMerge(files, ImageResultFormat.of(plan, pair.edge()), missing, sink);
            int[] lacking = merge.lacking();
            List<Slice> slices = Slice.of(
                    images,
                    lacking,
                    ClusterCores.count(context),
                    context.getConf().getInt(IMAGES_PER_TASK, 0));
            if (slices.isEmpty()) {
                merge.finish(List.of(), Optional.empty());
                return;
            }
            String edgeHash = Objects.requireNonNull(pair.hashes().get(EDGE_HASH));
            String serverHash = Objects.requireNonNull(pair.hashes().get(SERVER_HASH));
            SharedModel edge = SharedModel.of(pair.edgeSource(), edgeHash, context);
            SharedModel server =
                    serverHash.equals(edgeHash) ? edge : SharedModel.of(pair.serverSource(), serverHash, context);
            Broadcast<RowWorker> worker = context.broadcast(new RowWorker(
                    edge,
                    server,
                    pair.edge().temperature(),
                    pair.server().temperature(),
                    pair.edge().validClasses(),
                    plan,
                    batchSize,
                    rowFolder,
                    arguments,
                    configuration));
            JavaFutureAction<Void> job = context.parallelize(slices, slices.size())
                    .foreachAsync(new RowTask(worker, RowTask.mostAttempts(context.getConf())));
            try {
                merge.finish(slices.stream().map(Slice::range).toList(), Optional.of(job));
            } finally {
                job.cancel(true);
                worker.destroy();
            }
        };
        RunResult result = Evaluation.runElsewhere(pair.edge(), plan, images, folder, source, listener);
        files.delete(); // images.csv has them all
        return result;
    }
}
