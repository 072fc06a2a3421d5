/** Where tensors come from, whatever container holds them. */
@NullMarked
package glimpse.convert.source;

import org.jspecify.annotations.NullMarked;
