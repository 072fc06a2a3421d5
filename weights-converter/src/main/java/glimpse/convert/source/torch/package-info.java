/**
 * PyTorch's zip checkpoints, read as data: the pickle in them is interpreted by a reader that knows the few operations
 * a state dictionary needs and can construct nothing else.
 */
@NullMarked
package glimpse.convert.source.torch;

import org.jspecify.annotations.NullMarked;
