package glimpse.evaluation.run;

import glimpse.collab.gate.Confidence;
import java.util.List;
import java.util.OptionalLong;

/** What an evaluation says of one image. Immutable. */
public sealed interface ImageResult {
    /** The image's place in its source, zero-based. */
    int index();

    /** The image's name. */
    String name();

    /** The image's class. */
    int label();

    /**
     * An image that couldn't be evaluated.
     *
     * @param reason one line
     */
    record Failed(int index, String name, int label, String reason) implements ImageResult {
        /** Makes the reason one line. */
        public Failed {
            reason =
                    reason.isBlank() ? "failed" : reason.replaceAll("\\s+", " ").strip();
        }
    }

    /**
     * An image that was evaluated.
     *
     * @param fileBytes how long the image's file is, if it has one
     * @param edgeTop the edge's most probable classes, most probable first
     * @param confidence of the edge
     * @param serverResults the server's side, one for each of the plan's uploads
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
