/** {@code glimpse-spark.jar}: the program on a cluster. */
@NullMarked
package glimpse.spark;

import org.jspecify.annotations.NullMarked;
