/** Rows of an evaluation, computed by the tasks of a Spark job. */
@NullMarked
package glimpse.spark.rows;

import org.jspecify.annotations.NullMarked;
