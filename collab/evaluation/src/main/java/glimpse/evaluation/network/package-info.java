/** Links between edge and server, and how long messages take on them. */
@NullMarked
package glimpse.evaluation.network;

import org.jspecify.annotations.NullMarked;
