/** Load on a server over HTTP, and what the same work takes in process. */
@NullMarked
package glimpse.bench.load;

import org.jspecify.annotations.NullMarked;
