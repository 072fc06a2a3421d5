/** Progress of an evaluation, on standard error. */
@NullMarked
package glimpse.cli.progress;

import org.jspecify.annotations.NullMarked;
