/** Options that commands share, and the types of their values. */
@NullMarked
package glimpse.cli.option;

import org.jspecify.annotations.NullMarked;
