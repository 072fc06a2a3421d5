package glimpse.evaluation.rows;

import glimpse.collab.gate.Confidence;
import java.util.List;
import java.util.Optional;

/**
 * What the server predicted for one upload of an image, or after one round of it. Immutable.
 *
 * @param kept number of patches that it saw, those of earlier rounds included
 * @param lowestScore the lowest of their scores; NaN if there were none
 * @param sumOfScores the sum of their scores
 * @param upBytes bytes sent: the request's, without those of earlier rounds, or, of a whole image as a file, the
 *     file's; 0 of a round that adds no patch
 * @param downBytes bytes of the reply; 0 if nothing was sent
 * @param top the most probable classes, most probable first
 * @param minEntropyBits min-entropy of the prediction
 * @param margin its margin; NaN unless the upload is in rounds
 * @param delivery what arrived, if packets can be lost; where nothing did, there is no reply, and the prediction is the
 *     edge's
 */
public record ServerResult(
        int kept,
        float lowestScore,
        float sumOfScores,
        int upBytes,
        int downBytes,
        List<Integer> top,
        double minEntropyBits,
        double margin,
        Optional<Delivery> delivery) {
    /** Copies the classes. */
    public ServerResult {
        top = List.copyOf(top);
    }

    /** Makes the result of an upload of which nothing can be lost. */
    public ServerResult(
            int kept,
            float lowestScore,
            float sumOfScores,
            int upBytes,
            int downBytes,
            List<Integer> top,
            double minEntropyBits,
            double margin) {
        this(kept, lowestScore, sumOfScores, upBytes, downBytes, top, minEntropyBits, margin, Optional.empty());
    }

    /** Makes the result of an upload that isn't in rounds. */
    public ServerResult(
            int kept,
            float lowestScore,
            float sumOfScores,
            int upBytes,
            int downBytes,
            List<Integer> top,
            double minEntropyBits) {
        this(kept, lowestScore, sumOfScores, upBytes, downBytes, top, minEntropyBits, Double.NaN);
    }

    /** Returns the number of patches that the server saw. */
    public int seen() {
        return delivery.map(Delivery::received).orElse(kept);
    }

    /** Returns how confident the prediction is, as far as its reply tells. */
    public Confidence confidence() {
        return new Confidence(minEntropyBits, Double.NaN, margin);
    }
}
