package glimpse.evaluation.metrics;

import java.util.Optional;

/**
 * The operating points that were chosen for a budget. Immutable.
 *
 * @param budget the highest cost allowed, 0..1
 * @param best among all operating points
 * @param paper among those of the paper's method alone; empty if there are none, or no others
 */
public record BudgetChoice(double budget, Choice best, Optional<Choice> paper) {}
