package glimpse.evaluation.run;

import glimpse.engine.VitConfig;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.DatasetException;
import glimpse.evaluation.plan.EvaluationPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A run in a folder: what its rows hold isn't computed again, whether they are those of all images, uploads and in this
 * order, or of some. Images that failed are tried again. The rows end up as those of a run that was never interrupted,
 * whoever computed them.
 */
public final class ResumableRun {
    private final Dataset images;
    private final EvaluationPlan plan;
    private final VitConfig config;

    /**
     * Prepares a run.
     *
     * @param config of both models, as far as rows depend on it
     * @throws DatasetException if a label isn't a class of the models
     */
    public ResumableRun(Dataset images, EvaluationPlan plan, VitConfig config) throws DatasetException {
        this.images = images;
        this.plan = plan;
        this.config = config;
        requireLabels(images, config.classes());
    }

    private static void requireLabels(Dataset images, int classes) throws DatasetException {
        for (int index = 0; index < images.size(); index++) {
            int label = images.label(index);
            if (label < 0 || label >= classes) {
                throw new DatasetException("the label of " + images.name(index) + " is " + label
                        + ", expected less than the model's " + classes + " classes");
            }
        }
    }

    /**
     * Starts a run, or resumes or extends an earlier one.
     *
     * @param source computes the rows of images that have none yet, and of those that have results of some uploads
     *     alone
     * @return the rows of all images, in the images' order
     * @throws RunFolderException if the folder holds results of images or uploads that this run doesn't have
     * @throws IOException if the source fails or a row can't be written; finished rows are kept
     */
    public List<ImageResult> complete(RunFolder folder, RowSource source, EvaluationListener listener)
            throws IOException, InterruptedException {
        return complete(folder, listener, earlier -> source);
    }

    /** Does the same with a source that uses the results of some uploads. */
    List<ImageResult> complete(
            RunFolder folder, EvaluationListener listener, Function<EarlierResults, RowSource> sources)
            throws IOException, InterruptedException {
        try (RunRows rows = folder.rows(plan.allUploads(), images, ResultRanges.of(config))) {
            EarlierResults earlier = rows.earlier();
            int[] missing = IntStream.range(0, images.size())
                    .filter(index -> earlier.row(index).isEmpty())
                    .toArray();
            listener.started(images.size() - missing.length, images.size());
            int[] next = {0}; // the index of the next row
            sources.apply(earlier).compute(missing, computed -> {
                rows.append(withEarlier(computed, next[0], earlier));
                next[0] = computed.getLast().index() + 1;
                computed.forEach(listener::imageFinished);
            });
            while (next[0] < images.size()) {
                rows.append(List.of(earlier.row(next[0]++).orElseThrow()));
            }
            return rows.finish(images.size());
        }
    }

    /** Puts the rows that are there already between those that were computed, from an index on. */
    private static List<ImageResult> withEarlier(List<ImageResult> computed, int from, EarlierResults earlier) {
        List<ImageResult> rows = new ArrayList<>();
        int next = from;
        for (ImageResult one : computed) {
            while (next < one.index()) {
                rows.add(earlier.row(next++).orElseThrow());
            }
            rows.add(one);
            next++;
        }
        return rows;
    }
}
