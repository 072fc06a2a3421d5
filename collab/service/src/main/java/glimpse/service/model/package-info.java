/** The models that a server has loaded, and their replacement when a file changes. */
@NullMarked
package glimpse.service.model;

import org.jspecify.annotations.NullMarked;
