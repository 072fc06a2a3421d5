/** Options of a sweep over several servers and methods, and the front that it measures. */
@NullMarked
package glimpse.cli.front;

import org.jspecify.annotations.NullMarked;
