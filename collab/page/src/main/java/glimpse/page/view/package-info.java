/** What the page is told, as JSON. */
@NullMarked
package glimpse.page.view;

import org.jspecify.annotations.NullMarked;
