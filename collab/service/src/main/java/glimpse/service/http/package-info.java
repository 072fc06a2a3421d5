/** The server's HTTP interface. */
@NullMarked
package glimpse.service.http;

import org.jspecify.annotations.NullMarked;
