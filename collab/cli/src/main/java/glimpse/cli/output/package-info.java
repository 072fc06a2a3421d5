/** Standard output, whose failures end the work. */
@NullMarked
package glimpse.cli.output;

import org.jspecify.annotations.NullMarked;
