/** What modules with further commands implement. */
@NullMarked
package glimpse.cli.extension;

import org.jspecify.annotations.NullMarked;
