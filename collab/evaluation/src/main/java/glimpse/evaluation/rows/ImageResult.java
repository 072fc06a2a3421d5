package glimpse.evaluation.rows;

import glimpse.collab.gate.Confidence;
import java.util.List;
import java.util.OptionalLong;

/** The outcome of an evaluation for one image: one row of images.csv. Immutable. */
public sealed interface ImageResult {
    /** Returns the image's index in the data set. */
    int index();

    /** Returns the image's name. */
    String name();

    /** Returns the index of the image's true class. */
    int label();

    /** Returns the rows of the images that were evaluated, in the same order. */
    static List<Evaluated> evaluated(List<ImageResult> rows) {
        return rows.stream()
                .filter(Evaluated.class::isInstance)
                .map(Evaluated.class::cast)
                .toList();
    }

    /** Returns the same row at another index. */
    default ImageResult at(int index) {
        return switch (this) {
            case Failed row -> new Failed(index, row.name, row.label, row.reason);
            case Evaluated row ->
                new Evaluated(
                        index, row.name, row.label, row.fileBytes, row.edgeTop, row.confidence, row.serverResults);
        };
    }

    /**
     * An image that couldn't be evaluated.
     *
     * @param reason why, in one line
     */
    record Failed(int index, String name, int label, String reason) implements ImageResult {
        /** Joins the lines of the reason. */
        public Failed {
            reason =
                    reason.isBlank() ? "failed" : reason.replaceAll("\\s+", " ").strip();
        }
    }

    /**
     * An image that was evaluated.
     *
     * @param fileBytes length of the image's file, if it has one
     * @param edgeTop the edge's most probable classes, most probable first
     * @param confidence how peaked the edge's prediction is
     * @param serverResults one for each of {@link glimpse.evaluation.plan.EvaluationPlan#allUploads}; none if the plan
     *     doesn't ask the server about the image
     */
    record Evaluated(
            int index,
            String name,
            int label,
            OptionalLong fileBytes,
            List<Integer> edgeTop,
            Confidence confidence,
            List<ServerResult> serverResults)
            implements ImageResult {
        /** Copies the lists. */
        public Evaluated {
            edgeTop = List.copyOf(edgeTop);
            serverResults = List.copyOf(serverResults);
        }
    }
}
