/** Attention-aware collaborative inference: edge, server, what crosses between them, and its evaluation. */
@NullMarked
package glimpse.collab;

import org.jspecify.annotations.NullMarked;
