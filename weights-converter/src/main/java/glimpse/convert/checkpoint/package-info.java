/** The containers that checkpoints are published in, recognised by their content. */
@NullMarked
package glimpse.convert.checkpoint;

import org.jspecify.annotations.NullMarked;
