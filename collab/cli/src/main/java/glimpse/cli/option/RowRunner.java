package glimpse.cli.option;

import glimpse.cli.option.PairOptions.Pair;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.node.ServerNode;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.run.Evaluation;
import glimpse.evaluation.run.EvaluationListener;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.RunFolder;
import java.io.IOException;
import java.util.List;

/** Where the rows of an evaluation are computed. */
public interface RowRunner {
    /**
     * Runs a plan, or resumes it.
     *
     * @param batchSize images that a model classifies together
     * @return the rows of all images, in the images' order
     * @throws IOException if rows can't be computed or written; finished rows are kept
     */
    List<ImageResult> run(
            EvaluationPlan plan,
            Pair pair,
            Dataset images,
            int batchSize,
            RunFolder folder,
            EvaluationListener listener)
            throws IOException, InterruptedException;

    /** Computes them in this process, on the workers that the models were loaded with. */
    final class InProcess implements RowRunner {
        @Override
        public List<ImageResult> run(
                EvaluationPlan plan,
                Pair pair,
                Dataset images,
                int batchSize,
                RunFolder folder,
                EvaluationListener listener)
                throws IOException, InterruptedException {
            try (InProcessChannel channel = new InProcessChannel(new ServerNode(pair.server()))) {
                return new Evaluation(pair.edge(), channel, plan, batchSize).run(images, folder, listener);
            }
        }
    }
}
