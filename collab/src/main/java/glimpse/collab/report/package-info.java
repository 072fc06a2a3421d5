/** An evaluation's table as files and on a terminal. */
@NullMarked
package glimpse.collab.report;

import org.jspecify.annotations.NullMarked;
