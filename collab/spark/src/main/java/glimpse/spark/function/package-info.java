/** A function for DataFrames: images in, predictions out. */
@NullMarked
package glimpse.spark.function;

import org.jspecify.annotations.NullMarked;
