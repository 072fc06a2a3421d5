/** An evaluation's results for people and programs: files, console tables, and an HTML page with charts. */
@NullMarked
package glimpse.evaluation.report;

import org.jspecify.annotations.NullMarked;
