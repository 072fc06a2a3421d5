/** An evaluation's table: as files, on a terminal, and as an HTML page with a chart. */
@NullMarked
package glimpse.evaluation.report;

import org.jspecify.annotations.NullMarked;
