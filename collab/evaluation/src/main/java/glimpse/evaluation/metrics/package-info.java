/** Tables of accuracy, communication and time on links, computed from the rows of a run, and the choice among them. */
@NullMarked
package glimpse.evaluation.metrics;

import org.jspecify.annotations.NullMarked;
