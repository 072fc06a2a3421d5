package glimpse.evaluation.quality;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.metrics.UploadResults;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The predictions of a model, or of edge and server together, for all images of a run. Immutable.
 *
 * @param name whose they are
 * @param answers one per image that was evaluated
 * @param failed number of images that couldn't be evaluated
 */
public record Predictions(String name, List<Answer> answers, int failed) {
    /** Copies the answers. */
    public Predictions {
        answers = List.copyOf(answers);
    }

    /** Returns the predictions of a model that was evaluated alone. */
    public static Predictions ofModel(String name, List<ImageResult> rows) {
        return of(name, rows, Answer::ofEdge);
    }

    /**
     * Returns the predictions of a pair: the edge's, the server's on whole images if the plan has them, and those of
     * both at each operating point, in their order.
     */
    public static List<Predictions> ofPair(List<ImageResult> rows, EvaluationPlan plan, List<OperatingPoint> points) {
        List<Predictions> all = new ArrayList<>();
        all.add(of("edge", rows, Answer::ofEdge));
        if (plan.serverBaseline()) {
            UploadResults whole = new UploadResults(plan, new OperatingPoint(Upload.WHOLE, new OffloadGate.Always()));
            all.add(of("server on whole images", rows, row -> Answer.ofServer(row, whole.result(row))));
        }
        for (OperatingPoint point : points) {
            UploadResults results = new UploadResults(plan, point);
            all.add(of(
                    point.spec(),
                    rows,
                    row -> results.confident(row) ? Answer.ofEdge(row) : Answer.ofServer(row, results.result(row))));
        }
        return all;
    }

    private static Predictions of(String name, List<ImageResult> rows, Function<Evaluated, Answer> answer) {
        List<Answer> answers = ImageResult.evaluated(rows).stream().map(answer).toList();
        return new Predictions(name, answers, rows.size() - answers.size());
    }
}
