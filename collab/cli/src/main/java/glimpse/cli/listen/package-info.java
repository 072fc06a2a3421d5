/** {@code glimpse edge --listen}: the edge over HTTP, and the page. */
@NullMarked
package glimpse.cli.listen;

import org.jspecify.annotations.NullMarked;
