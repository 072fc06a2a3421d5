/** How much work a benchmark's operation is, and how much of it the machine could do. */
@NullMarked
package glimpse.bench.work;

import org.jspecify.annotations.NullMarked;
