/**
 * HTTP as everything here asks for it: proxies of the environment, redirects that are checked, bodies within limits.
 */
@NullMarked
package glimpse.convert.http;

import org.jspecify.annotations.NullMarked;
