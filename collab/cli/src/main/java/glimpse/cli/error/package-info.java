/** Exit codes and one-line error messages. */
@NullMarked
package glimpse.cli.error;

import org.jspecify.annotations.NullMarked;
