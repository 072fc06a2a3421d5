package glimpse.evaluation.run;

import java.util.List;

/**
 * What the server predicted for one upload of an image. Immutable.
 *
 * @param kept number of patches that it saw
 * @param lowestScore the lowest of their scores; NaN if there were none
 * @param sumOfScores the sum of their scores
 * @param upBytes bytes sent: the request's or, of a whole image as a file, the file's
 * @param downBytes bytes of the reply
 * @param top the most probable classes, most probable first
 * @param minEntropyBits min-entropy of the prediction
 */
public record ServerResult(
        int kept,
        float lowestScore,
        float sumOfScores,
        int upBytes,
        int downBytes,
        List<Integer> top,
        double minEntropyBits) {
    /** Copies the classes. */
    public ServerResult {
        top = List.copyOf(top);
    }
}
