/** The exception that a conversion throws. */
@NullMarked
package glimpse.convert.error;

import org.jspecify.annotations.NullMarked;
