package glimpse.cli.run;

import glimpse.cli.model.ModelsOption;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.cli.progress.Progress;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.node.ServerNode;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.run.Evaluation;
import glimpse.evaluation.run.EvaluationListener;
import glimpse.evaluation.run.RunResult;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Where the rows of an evaluation are computed. */
public interface RowRunner {
    /**
     * A pair of models that a plan is run with.
     *
     * @param folder holds its rows
     */
    record PairRun(Pair pair, RunFolder folder) {}

    /**
     * Runs a plan with pairs of models, or resumes that.
     *
     * @param runs pairs of one edge with different servers, in folders of their own; at least one
     * @param batchSize images that a model classifies together
     * @return for each pair, in their order, the rows of all images, in the images' order
     * @throws IOException if rows can't be computed or written; finished rows are kept
     */
    List<List<ImageResult>> run(
            EvaluationPlan plan, List<PairRun> runs, Dataset images, int batchSize, EvaluationListener listener)
            throws IOException, InterruptedException;

    /**
     * A model that is evaluated alone.
     *
     * @param batchSize images that it classifies together
     * @param folder holds its rows
     */
    record ModelRun(ModelsOption.Loaded model, int batchSize, RunFolder folder) {}

    /**
     * Evaluates models alone, or resumes that.
     *
     * @param models in folders of their own; at least one
     * @param progress begins to report on a pass over the images
     * @return one result per model, in the same order
     * @throws IOException if rows can't be computed or written; finished rows are kept
     */
    List<RunResult> runModels(List<ModelRun> models, Dataset images, Supplier<Progress> progress)
            throws IOException, InterruptedException;

    /**
     * Returns how many threads compute rows.
     *
     * @param here those of this process
     */
    int threads(int here);

    /** Computes them in this process, on the workers that the models were loaded with. */
    final class InProcess implements RowRunner {
        /** All pairs share one pass over the images, which decodes each image and runs the edge once. */
        @Override
        public List<List<ImageResult>> run(
                EvaluationPlan plan, List<PairRun> runs, Dataset images, int batchSize, EvaluationListener listener)
                throws IOException, InterruptedException {
            List<Evaluation.Member> members = runs.stream()
                    .map(run -> new Evaluation.Member(
                            new Evaluation(
                                    run.pair().edge(),
                                    new InProcessChannel(
                                            new ServerNode(run.pair().server())), // nothing to close
                                    plan,
                                    batchSize),
                            run.folder()))
                    .toList();
            return Evaluation.runAll(members, images, listener).stream()
                    .map(RunResult::rows)
                    .toList();
        }

        /** All models share one pass, which decodes each image once. */
        @Override
        public List<RunResult> runModels(List<ModelRun> models, Dataset images, Supplier<Progress> progress)
                throws IOException, InterruptedException {
            List<Evaluation.Member> members = models.stream()
                    .map(run -> new Evaluation.Member(
                            Evaluation.ofModel(run.model().classifier(), run.batchSize()), run.folder()))
                    .toList();
            try (Progress report = progress.get()) {
                return Evaluation.runAll(members, images, report);
            }
        }

        @Override
        public int threads(int here) {
            return here;
        }
    }
}
