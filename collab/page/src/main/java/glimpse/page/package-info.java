/** The page: requests in, replies out, for whichever HTTP server serves it. */
@NullMarked
package glimpse.page;

import org.jspecify.annotations.NullMarked;
