/** Converts published checkpoints to the file that the engine loads; start at {@link glimpse.convert.Conversion}. */
@NullMarked
package glimpse.convert;

import org.jspecify.annotations.NullMarked;
