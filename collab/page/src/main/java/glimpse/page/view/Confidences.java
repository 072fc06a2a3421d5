package glimpse.page.view;

/** Says in words how sure a prediction is. */
final class Confidences {
    private static final double ALMOST_CERTAIN = 0.95;
    private static final double VERY_SURE = 0.8;
    private static final double FAIRLY_SURE = 0.6;
    private static final double NOT_SURE = 0.35;

    private Confidences() {}

    /**
     * Returns a phrase that a class name can follow after a colon.
     *
     * @param probability of the most probable class, 0..1
     */
    static String phrase(double probability) {
        if (probability >= ALMOST_CERTAIN) {
            return "Almost certain";
        }
        if (probability >= VERY_SURE) {
            return "Very sure";
        }
        if (probability >= FAIRLY_SURE) {
            return "Fairly sure";
        }
        return probability >= NOT_SURE ? "Not sure" : "Only guessing";
    }
}
