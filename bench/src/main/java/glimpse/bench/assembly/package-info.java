/** Looks for vectors that the compiler keeps on the stack, in the machine code of the kernels' loops. */
@NullMarked
package glimpse.bench.assembly;

import org.jspecify.annotations.NullMarked;
