/** The two models that the page shows. */
@NullMarked
package glimpse.page.model;

import org.jspecify.annotations.NullMarked;
