package glimpse.evaluation.metrics;

import java.util.List;

/** Counts correct predictions. Not thread-safe. */
public final class AccuracyTally {
    private static final int FIRST_FIVE = 5;

    private int images;
    private int first;
    private int firstFive;

    /** Begins with no images. */
    public AccuracyTally() {}

    /** Counts an image: its true class and the predicted ones, most probable first. */
    public void add(int label, List<Integer> top) {
        images++;
        int rank = top.indexOf(label);
        first += rank == 0 ? 1 : 0;
        firstFive += rank >= 0 && rank < FIRST_FIVE ? 1 : 0;
    }

    /** Returns the accuracy over the images so far. */
    public Accuracy accuracy() {
        return new Accuracy((double) first / images, (double) firstFive / images);
    }
}
