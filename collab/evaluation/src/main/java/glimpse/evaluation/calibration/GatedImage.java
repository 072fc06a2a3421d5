package glimpse.evaluation.calibration;

import glimpse.collab.gate.Confidence;
import glimpse.evaluation.metrics.UploadResults;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;

/**
 * What edge and server make of one image if it is offloaded: all that a gate's consequences depend on. Immutable.
 *
 * @param name the image's name
 * @param confidence of the edge's prediction
 * @param edgeRight whether the edge predicts the true class
 * @param serverRight whether the server's answer that stands is the true class
 * @param agree whether both predict the same class
 * @param kept number of patches that are sent
 * @param upBytes bytes that are sent
 */
public record GatedImage(
        String name,
        Confidence confidence,
        boolean edgeRight,
        boolean serverRight,
        boolean agree,
        int kept,
        int upBytes) {
    /**
     * Returns what a row says of an upload; of one in rounds, the answer that its rule ends on, and all that was sent
     * until then.
     */
    public static GatedImage of(Evaluated row, UploadResults results) {
        ServerResult server = results.result(row);
        int edgeClass = row.edgeTop().getFirst();
        int serverClass = server.top().getFirst();
        return new GatedImage(
                row.name(),
                row.confidence(),
                edgeClass == row.label(),
                serverClass == row.label(),
                edgeClass == serverClass,
                server.kept(),
                server.upBytes());
    }

    /** Returns whether the edge is wrong where the server is right, so that a confident edge does harm. */
    boolean wrongWhereTheServerIsRight() {
        return !edgeRight && serverRight;
    }

    double minEntropyBits() {
        return confidence.minEntropyBits();
    }
}
