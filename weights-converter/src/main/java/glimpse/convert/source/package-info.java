/** Where tensors come from: the containers that checkpoints are published in. */
@NullMarked
package glimpse.convert.source;

import org.jspecify.annotations.NullMarked;
