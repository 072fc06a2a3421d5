/** What a model takes in memory. */
@NullMarked
package glimpse.bench.memory;

import org.jspecify.annotations.NullMarked;
