/** The command line: the {@code glimpse} program. */
@NullMarked
package glimpse.cli;

import org.jspecify.annotations.NullMarked;
