package glimpse.evaluation.run;

import java.util.List;

/**
 * What the server said of an image from some of its patches.
 *
 * @param kept patches that it saw
 * @param leastScore the least of their scores; NaN if there were none
 * @param sumOfScores the sum of their scores
 * @param upBytes bytes of the request
 * @param downBytes bytes of the reply
 * @param top the server's most probable classes, most probable first
 * @param minEntropyBits of the server's answer
 */
public record ServerResult(
        int kept,
        float leastScore,
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
