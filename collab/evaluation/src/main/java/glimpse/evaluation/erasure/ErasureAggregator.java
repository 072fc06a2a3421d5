package glimpse.evaluation.erasure;

import glimpse.evaluation.metrics.AccuracyTally;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Delivery;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;

/** Computes from a run's rows what lost packets cost. Immutable. */
public final class ErasureAggregator {
    private final List<Evaluated> images;
    private final EvaluationPlan plan;

    /**
     * Creates an aggregator.
     *
     * @param rows one per image, in which the server's results are those of the plan
     * @param plan the run's plan
     */
    public ErasureAggregator(List<ImageResult> rows, EvaluationPlan plan) {
        this.images = ImageResult.evaluated(rows);
        this.plan = plan;
    }

    /** Returns one row for each row of the table whose upload isn't in rounds, and each erasure of the plan. */
    public List<ErasureRow> rows(ResultTable table) {
        List<ErasureRow> rows = new ArrayList<>();
        for (TableRow complete : table.rows()) {
            if (!complete.point().upload().isInRounds()) {
                plan.erasures().forEach(erasure -> rows.add(row(complete, erasure)));
            }
        }
        return rows;
    }

    private ErasureRow row(TableRow complete, Erasure erasure) {
        OperatingPoint point = complete.point();
        int index = plan.indexOf(new Upload.Erased(point.upload(), erasure));
        AccuracyTally collaborative = new AccuracyTally();
        long offloaded = 0;
        long packets = 0;
        long lost = 0;
        long received = 0;
        long upBytes = 0;
        int unanswered = 0;
        for (Evaluated image : images) {
            if (point.gate().confident(image.confidence())) {
                collaborative.add(image.label(), image.edgeTop());
                continue;
            }
            ServerResult result = image.serverResults().get(index);
            collaborative.add(image.label(), result.top());
            Delivery delivery = result.delivery().orElseThrow();
            offloaded++;
            packets += delivery.packets();
            lost += delivery.lostPackets();
            received += delivery.received();
            upBytes += result.upBytes();
            unanswered += result.downBytes() == 0 ? 1 : 0;
        }
        return new ErasureRow(
                complete,
                erasure,
                (double) packets / offloaded,
                (double) lost / packets,
                (double) received / offloaded,
                unanswered,
                collaborative.accuracy(),
                (double) upBytes / images.size());
    }
}
