/** The tensor names of published checkpoints, and how the tensors of a converted file are computed from them. */
@NullMarked
package glimpse.convert.naming;

import org.jspecify.annotations.NullMarked;
