package glimpse.spark.rows;

import glimpse.cli.model.ModelClasses;
import glimpse.cli.option.DataOptions;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.engine.Workers;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageSubset;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResultFormat;
import glimpse.evaluation.run.RowComputer;
import glimpse.spark.file.HadoopFiles;
import glimpse.spark.model.SharedModel;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Computes slices in an executor, of which each has one copy in a broadcast variable. Tasks share the models' weights;
 * each runs them on its own thread alone, with buffers that it hands on to the next. Thread-safe.
 */
final class RowWorker implements Serializable {
    private static final long serialVersionUID = 1;

    private final SharedModel edge;
    private final SharedModel server;
    private final double edgeTemperature;
    private final double serverTemperature;
    private final ArrayList<Integer> validClasses;
    private final ArrayList<String> uploads;
    private final boolean serverBaseline;
    private final ArrayList<String> erasures;
    private final ArrayList<String> askedBy;
    private final int batchSize;
    private final String folder;
    private final ArrayList<String> arguments;
    private final SerializableConfiguration configuration;

    private transient @Nullable Queue<TaskModels> idle;
    private transient @Nullable Dataset opened;

    /**
     * Creates a worker, in the driver.
     *
     * @param edgeTemperature what the edge's logits are divided by
     * @param serverTemperature what the server's logits are divided by
     * @param validClasses those among which the models predict; empty for all
     * @param folder where the rows go, as an absolute path or a URI
     * @param arguments the command's, from which a task opens a data set that isn't made of files
     */
    RowWorker(
            SharedModel edge,
            SharedModel server,
            double edgeTemperature,
            double serverTemperature,
            List<Integer> validClasses,
            EvaluationPlan plan,
            int batchSize,
            String folder,
            List<String> arguments,
            Configuration configuration) {
        this.edge = edge;
        this.server = server;
        this.edgeTemperature = edgeTemperature;
        this.serverTemperature = serverTemperature;
        this.validClasses = new ArrayList<>(validClasses);
        this.uploads = new ArrayList<>(plan.uploads().stream().map(Upload::spec).toList());
        this.serverBaseline = plan.serverBaseline();
        this.erasures =
                new ArrayList<>(plan.erasures().stream().map(Erasure::spec).toList());
        this.askedBy =
                new ArrayList<>(plan.askedBy().stream().map(OffloadGate::spec).toList());
        this.batchSize = batchSize;
        this.folder = folder;
        this.arguments = new ArrayList<>(arguments);
        this.configuration = new SerializableConfiguration(configuration);
    }

    /** What one task at a time uses. */
    private record TaskModels(Classifier edge, RowComputer computer, ImageResultFormat format) {}

    /**
     * Computes the rows of a slice and commits them, unless they are there.
     *
     * @param lastAttempt whether an image that can't be read fails alone; otherwise the whole slice
     */
    void compute(Slice slice, boolean lastAttempt) throws IOException {
        RowFiles files = RowFiles.of(folder, configuration.value());
        if (files.has(slice.range())) { // an attempt that was lost after it had committed
            return;
        }
        TaskModels models = take();
        StringBuilder rows = new StringBuilder();
        IndexRange range = slice.range();
        for (int from = 0; from < range.count(); from += batchSize) {
            int size = Math.min(batchSize, range.count() - from);
            Dataset batch = slice.images().isEmpty()
                    ? ImageSubset.range(dataset(models.edge), range.first() + from, size)
                    : FetchedImages.of(slice.images().subList(from, from + size), configuration.value(), lastAttempt);
            models.computer.rows(batch, range.first() + from).forEach(row -> rows.append(models.format.line(row)));
        }
        files.commit(range, rows.toString());
        idle().add(models);
    }

    private TaskModels take() {
        TaskModels free = idle().poll();
        if (free != null) {
            return free;
        }
        Workers thread = Workers.of(1); // the task's own, which needs no closing
        Classifier light = edge.on(thread).among(validClasses).at(edgeTemperature);
        EvaluationPlan plan = new EvaluationPlan(
                uploads.stream().map(Upload::parse).toList(),
                serverBaseline,
                erasures.stream().map(Erasure::parse).toList(),
                askedBy.stream().map(OffloadGate::parseOne).toList());
        InProcessChannel channel = new InProcessChannel(
                new ServerNode(server.on(thread).among(validClasses).at(serverTemperature)));
        return new TaskModels(light, new RowComputer(light, channel, plan), ImageResultFormat.of(plan, light));
    }

    private synchronized Queue<TaskModels> idle() {
        Queue<TaskModels> queue = idle;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            idle = queue;
        }
        return queue;
    }

    private synchronized Dataset dataset(Classifier model) throws IOException {
        Dataset images = opened;
        if (images == null) {
            DataOptions options = new DataOptions();
            new CommandLine(options)
                    .registerConverter(Path.class, text -> HadoopFiles.path(text, configuration.value()))
                    .setUnmatchedArgumentsAllowed(true) // those of the command's other options
                    .parseArgs(arguments.toArray(String[]::new));
            images = options.images(ModelClasses.of(edge.name(), model));
            opened = images;
        }
        return images;
    }
}
