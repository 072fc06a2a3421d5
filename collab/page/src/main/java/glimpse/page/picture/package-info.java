/** Pictures that the edge's model has seen. */
@NullMarked
package glimpse.page.picture;

import org.jspecify.annotations.NullMarked;
