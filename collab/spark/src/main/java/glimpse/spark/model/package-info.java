/** Models of a cluster: one copy in each executor. */
@NullMarked
package glimpse.spark.model;

import org.jspecify.annotations.NullMarked;
