package glimpse.evaluation.calibration;

import glimpse.collab.gate.Confidence;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.ImageResult.Evaluated;
import glimpse.evaluation.run.ServerResult;
import java.util.List;

/**
 * What edge and server made of one image and one upload: all that a gate's consequences depend on. Immutable.
 *
 * @param name the image's
 * @param confidence of the edge's prediction
 * @param edgeRight whether the edge predicts the true class
 * @param serverRight whether the server does
 * @param agree whether both predict the same class
 * @param kept number of patches in the upload
 * @param upBytes bytes of the upload
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
     * Reads a row.
     *
     * @param upload the index of the upload among the row's
     */
    public static GatedImage of(Evaluated row, int upload) {
        return of(row, row.serverResults().get(upload));
    }

    /**
     * Reads a row.
     *
     * @param server what the server made of the upload
     */
    public static GatedImage of(Evaluated row, ServerResult server) {
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

    /** Reads the rows of all images that were evaluated, in their order; see {@link #of}. */
    public static List<GatedImage> all(List<ImageResult> rows, int upload) {
        return rows.stream()
                .filter(Evaluated.class::isInstance)
                .map(row -> of((Evaluated) row, upload))
                .toList();
    }

    /** Returns whether the promise is about this image, if the edge is confident. */
    boolean wrongWhereTheServerIsRight() {
        return !edgeRight && serverRight;
    }

    double minEntropyBits() {
        return confidence.minEntropyBits();
    }
}
