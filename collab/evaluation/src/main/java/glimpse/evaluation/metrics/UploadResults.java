package glimpse.evaluation.metrics;

import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;

/** Finds in a run's rows what the server predicts at an operating point, in the round that its rule ends. Immutable. */
public final class UploadResults {
    private final OperatingPoint point;
    private final int[] indices; // [rounds], in a row's results

    /**
     * Prepares to read rows.
     *
     * @param plan the run's plan, which has the point's upload
     */
    public UploadResults(EvaluationPlan plan, OperatingPoint point) {
        this.point = point;
        List<Upload> all = plan.allUploads();
        this.indices = point.upload().rounds().stream().mapToInt(all::indexOf).toArray();
    }

    /** Returns whether the edge's prediction stands and nothing is sent. */
    public boolean confident(Evaluated row) {
        return point.gate().confident(row.confidence());
    }

    /** Returns the results of the requests that are sent if the image is offloaded, at least one, in their order. */
    public List<ServerResult> exchanges(Evaluated row) {
        List<ServerResult> sent = new ArrayList<>();
        for (int round = 1; round <= indices.length; round++) {
            ServerResult result = row.serverResults().get(indices[round - 1]);
            if (sent.isEmpty() || result.upBytes() > 0) {
                sent.add(result);
            }
            if (point.until().isPresent() && point.until().get().stops(round, result.confidence())) {
                break;
            }
        }
        return sent;
    }

    /** Returns what the server predicts if the image is offloaded, with the bytes of all requests that are sent. */
    public ServerResult result(Evaluated row) {
        List<ServerResult> sent = exchanges(row);
        ServerResult last = sent.getLast();
        return sent.size() == 1
                ? last
                : new ServerResult(
                        last.kept(),
                        last.lowestScore(),
                        last.sumOfScores(),
                        sent.stream().mapToInt(ServerResult::upBytes).sum(),
                        sent.stream().mapToInt(ServerResult::downBytes).sum(),
                        last.top(),
                        last.minEntropyBits(),
                        last.margin(),
                        last.delivery());
    }
}
