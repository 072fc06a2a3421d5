package glimpse.evaluation.quality;

import glimpse.evaluation.metrics.Accuracy;
import java.util.List;

/**
 * Accuracy against reassessed labels, of which an image has any number (Beyer et al., "Are we done with ImageNet?",
 * arXiv 2006.07159): a prediction is right if it is one of them. Images without any are left out.
 *
 * @param images number of evaluated images that have a label
 * @param leftOut number of evaluated images that have none
 * @param accuracy shares of {@code images}
 */
public record RealAccuracy(int images, int leftOut, Accuracy accuracy) {
    private static final int FIRST_FIVE = 5;

    /**
     * Computes the accuracy.
     *
     * @param realLabels the labels of each image of the data set
     */
    static RealAccuracy of(List<Answer> answers, List<List<Integer>> realLabels) {
        int images = 0;
        int first = 0;
        int firstFive = 0;
        for (Answer answer : answers) {
            List<Integer> labels = realLabels.get(answer.image());
            if (labels.isEmpty()) {
                continue;
            }
            images++;
            first += labels.contains(answer.prediction()) ? 1 : 0;
            firstFive += answer.top().stream().limit(FIRST_FIVE).anyMatch(labels::contains) ? 1 : 0;
        }
        return new RealAccuracy(
                images, answers.size() - images, new Accuracy((double) first / images, (double) firstFive / images));
    }
}
