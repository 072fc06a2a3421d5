/** An evaluation's tables: files of them for programs, and the same for a terminal. */
@NullMarked
package glimpse.evaluation.table;

import org.jspecify.annotations.NullMarked;
