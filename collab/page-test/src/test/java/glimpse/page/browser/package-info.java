/** The page in a real browser. */
@NullMarked
package glimpse.page.browser;

import org.jspecify.annotations.NullMarked;
