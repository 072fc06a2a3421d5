/** Other engines with the same weights, and the process that a comparison alternates with them. */
@NullMarked
package glimpse.bench.peer;

import org.jspecify.annotations.NullMarked;
