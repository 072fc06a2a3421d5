/** The commands. */
@NullMarked
package glimpse.cli.command;

import org.jspecify.annotations.NullMarked;
