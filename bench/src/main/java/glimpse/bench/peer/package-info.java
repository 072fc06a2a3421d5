/** Peer engines on the same weights, and the process in which a comparison runs each Java engine. */
@NullMarked
package glimpse.bench.peer;

import org.jspecify.annotations.NullMarked;
