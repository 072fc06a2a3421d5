/** The nominal work of each benchmark, and the peak rates of the machine. */
@NullMarked
package glimpse.bench.work;

import org.jspecify.annotations.NullMarked;
