/** Reads checkpoints as they are published and writes the engine's own file. */
@NullMarked
package glimpse.convert;

import org.jspecify.annotations.NullMarked;
