/** The common interface of checkpoint containers. */
@NullMarked
package glimpse.convert.source;

import org.jspecify.annotations.NullMarked;
