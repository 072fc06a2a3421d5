/** Reads images with their names and labels from Parquet files, in place and with little memory. */
@NullMarked
package glimpse.evaluation.parquet;

import org.jspecify.annotations.NullMarked;
