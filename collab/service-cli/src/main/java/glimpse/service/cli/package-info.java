/** The commands that need a web server. */
@NullMarked
package glimpse.service.cli;

import org.jspecify.annotations.NullMarked;
