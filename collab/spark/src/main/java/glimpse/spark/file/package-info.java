/** Files of any Hadoop file system, read as those of the machine are. */
@NullMarked
package glimpse.spark.file;

import org.jspecify.annotations.NullMarked;
