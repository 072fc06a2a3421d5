/** When the edge's own answer stands: probabilities, how sure they are, and the gates that ask (arXiv 2404.07217). */
@NullMarked
package glimpse.collab.gate;

import org.jspecify.annotations.NullMarked;
