package glimpse.evaluation.metrics;

/**
 * The paper's method at its best, beside a choice among other methods. Immutable.
 *
 * @param best chosen in the same way as the other, whatever it costs
 * @param atCost the best that costs no more than the other
 */
public record PaperChoice(Choice best, Choice atCost) {}
