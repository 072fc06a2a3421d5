/** An evaluation's results as an HTML page with charts. */
@NullMarked
package glimpse.evaluation.report;

import org.jspecify.annotations.NullMarked;
