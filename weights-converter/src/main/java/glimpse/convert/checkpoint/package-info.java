/** The containers that checkpoints are published in, told by their content. */
@NullMarked
package glimpse.convert.checkpoint;

import org.jspecify.annotations.NullMarked;
