package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.node.Classifier;
import glimpse.engine.image.Preprocessing;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.rows.RunFolderException;
import glimpse.evaluation.rows.RunRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Runs a plan on every image of a data set: the edge once per image, the server once per different upload. A plan
 * without uploads runs the edge's model alone. Several evaluations share one pass over the images, and those with the
 * same edge the edge's work. An image that can't be decoded or classified, or that the server rejects, gives a row with
 * the reason.
 */
public final class Evaluation {
    /** More images together make nothing faster. */
    private static final int MAX_BATCH = 1024;

    private final Classifier edge;
    private final Channel channel;
    private final EvaluationPlan plan;
    private final int batchSize;

    /**
     * Creates an evaluation.
     *
     * @param edge the edge's model
     * @param channel to the server; the evaluation doesn't close it
     * @param batchSize number of images that the edge classifies together, and of requests that the server gets
     *     together, of which more than {@value #MAX_BATCH} are split; the rows don't depend on it
     */
    public Evaluation(Classifier edge, Channel channel, EvaluationPlan plan, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("the batch size is " + batchSize + ", expected at least 1");
        }
        this.edge = edge;
        this.channel = channel;
        this.plan = plan;
        this.batchSize = Math.min(batchSize, MAX_BATCH);
    }

    /** Creates the evaluation of a model alone. */
    public static Evaluation ofModel(Classifier model, int batchSize) {
        Channel none = new InProcessChannel(requests -> {
            throw new IllegalStateException("a model that is evaluated alone asks no server");
        });
        return new Evaluation(model, none, EvaluationPlan.MODEL_ALONE, batchSize);
    }

    /**
     * One of several evaluations that share a pass over the images.
     *
     * @param evaluation the evaluation
     * @param folder holds its rows
     */
    public record Member(Evaluation evaluation, RunFolder folder) {}

    /**
     * Starts a run, or resumes or extends an earlier one: what its rows hold isn't computed again, whether they are
     * those of all images, uploads and in this order, or of some. Images that failed are tried again. The rows end up
     * as those of a run that was never interrupted.
     *
     * @return the rows of all images, in the images' order
     * @throws IllegalArgumentException if a score names a layer that the edge's model doesn't have
     * @throws DatasetException if a label isn't a class of the models
     * @throws RunFolderException if the folder holds results of images or uploads that this run doesn't have
     * @throws IOException if the channel breaks or a row can't be written; finished rows are kept
     */
    public List<ImageResult> run(Dataset images, RunFolder folder, EvaluationListener listener)
            throws IOException, InterruptedException {
        return runAll(List.of(new Member(this, folder)), images, listener)
                .getFirst()
                .rows();
    }

    /**
     * Does the same for several evaluations. Each image is decoded once, and not at all if every member has its row.
     * The edge runs once for all members with the same edge and plan, which differ in their servers; so does the
     * encoding of their uploads.
     *
     * @param members in folders of their own; at least one
     * @return one result per member, in the same order
     * @throws IOException as {@link #run}; the listener hears of an image once all members have its row
     */
    public static List<RunResult> runAll(List<Member> members, Dataset images, EvaluationListener listener)
            throws IOException, InterruptedException {
        List<MemberRun> runs = new ArrayList<>();
        EdgePasses edges = new EdgePasses();
        try {
            for (Member member : members) {
                runs.add(member.evaluation().begin(images, member.folder(), edges));
            }
            long begunNanos = System.nanoTime();
            evaluate(runs, edges, images, listener);
            List<RunResult> results = new ArrayList<>();
            for (MemberRun run : runs) {
                results.add(run.finish(System.nanoTime() - begunNanos));
            }
            return results;
        } finally {
            for (MemberRun run : runs) {
                run.close();
            }
        }
    }

    /**
     * Does the same as {@link #run} with rows that others compute, for images of which any result is missing.
     *
     * @param edge the edge's model, which isn't run
     * @param source computes the rows
     */
    public static RunResult runElsewhere(
            Classifier edge,
            EvaluationPlan plan,
            Dataset images,
            RunFolder folder,
            RowSource source,
            EvaluationListener listener)
            throws IOException, InterruptedException {
        try (RunRows rows = rows(edge, plan, images, folder)) {
            int[] missing =
                    IntStream.range(0, images.size()).filter(rows::lacks).toArray();
            listener.started(images.size() - missing.length, images.size());
            long begunNanos = System.nanoTime();
            source.compute(missing, computed -> {
                rows.append(computed);
                computed.forEach(listener::imageFinished);
                listener.batchFinished();
            });
            Speed speed = new Speed(missing.length, OptionalLong.empty(), System.nanoTime() - begunNanos);
            return new RunResult(rows.finish(images.size()), speed);
        }
    }

    private MemberRun begin(Dataset images, RunFolder folder, EdgePasses edges) throws IOException {
        EdgePass edgePass = edges.of(edge, plan.policies()); // first: rows that are open have to be closed
        return new MemberRun(edge, channel, plan, batchSize, images, rows(edge, plan, images, folder), edgePass);
    }

    private static RunRows rows(Classifier edge, EvaluationPlan plan, Dataset images, RunFolder folder)
            throws IOException {
        requireLabels(edge, images);
        return folder.rows(plan, images, edge);
    }

    private static void requireLabels(Classifier edge, Dataset images) throws DatasetException {
        int classes = edge.transformer().config().classes();
        Set<Integer> valid = Set.copyOf(edge.validClasses());
        for (int index = 0; index < images.size(); index++) {
            int label = images.label(index);
            if (label < 0 || label >= classes) {
                throw new DatasetException("the label of " + images.name(index) + " is " + label
                        + ", expected less than the model's " + classes + " classes");
            }
            if (!valid.isEmpty() && !valid.contains(label)) {
                throw new DatasetException("the label of " + images.name(index) + " is " + label
                        + ", which isn't among the valid ones (" + valid.size() + ")");
            }
        }
    }

    private static void evaluate(List<MemberRun> runs, EdgePasses edges, Dataset images, EvaluationListener listener)
            throws IOException, InterruptedException {
        int[] missing = IntStream.range(0, images.size())
                .filter(index -> runs.stream().anyMatch(run -> run.lacks(index)))
                .toArray();
        listener.started(images.size() - missing.length, images.size());
        List<Preprocessing> preprocessings =
                runs.stream().map(MemberRun::preprocessing).distinct().toList();
        int batchSize = runs.stream().mapToInt(MemberRun::batchSize).min().orElseThrow();
        HeapKeeper heap = HeapKeeper.ofVirtualMachine();
        try (ImagePrefetcher prefetcher = new ImagePrefetcher(images, preprocessings, batchSize, missing)) {
            for (var batches = prefetcher.next(); !batches.isEmpty(); batches = prefetcher.next()) {
                SortedMap<Integer, ImageResult> finished = new TreeMap<>();
                for (MemberRun run : runs) {
                    for (ImageResult row : run.evaluate(batches.get(preprocessings.indexOf(run.preprocessing())))) {
                        finished.merge(
                                row.index(), row, (one, other) -> one instanceof ImageResult.Failed ? one : other);
                    }
                }
                edges.forget();
                finished.values().forEach(listener::imageFinished);
                heap.check();
                listener.batchFinished();
            }
        }
    }
}
