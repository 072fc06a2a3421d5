package glimpse.evaluation.quality;

/**
 * The accuracy on the images of one class.
 *
 * @param label the class
 * @param images number of its images that were evaluated, at least 1
 * @param first how many of them have it as the most probable class
 * @param firstFive how many of them have it among the five most probable
 */
public record ClassAccuracy(int label, int images, int first, int firstFive) {
    /** Returns the top-1 accuracy, 0..1. */
    public double top1() {
        return (double) first / images;
    }

    /** Returns the top-5 accuracy, 0..1. */
    public double top5() {
        return (double) firstFive / images;
    }

    ClassAccuracy plus(Answer answer) {
        int rank = answer.top().indexOf(label);
        return new ClassAccuracy(
                label, images + 1, first + (rank == 0 ? 1 : 0), firstFive + (rank >= 0 && rank < 5 ? 1 : 0));
    }
}
