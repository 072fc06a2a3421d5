/** The two ends: the edge that looks at the whole image, and the server that gets a glimpse. */
@NullMarked
package glimpse.collab.node;

import org.jspecify.annotations.NullMarked;
