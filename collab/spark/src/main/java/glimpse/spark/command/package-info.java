/** Commands that the program has on a cluster alone. */
@NullMarked
package glimpse.spark.command;

import org.jspecify.annotations.NullMarked;
