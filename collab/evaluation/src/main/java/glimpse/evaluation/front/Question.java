package glimpse.evaluation.front;

/** What an operating point is chosen for. Immutable. */
public sealed interface Question {
    /** Returns what communication is measured in. */
    Measure measure();

    /** Returns the budget or the accuracy. */
    double value();

    /**
     * The most accurate point within a budget; of points that are about as accurate, the one that spends the most.
     *
     * @param value mean communication per image
     */
    record Within(Measure measure, double value) implements Question {}

    /**
     * The point with the least communication that reaches an accuracy.
     *
     * @param value top-1 accuracy, 0..1
     */
    record Reaching(Measure measure, double value) implements Question {}
}
