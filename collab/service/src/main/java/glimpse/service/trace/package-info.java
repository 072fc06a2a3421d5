/** Spans of requests for OpenTelemetry. */
@NullMarked
package glimpse.service.trace;

import org.jspecify.annotations.NullMarked;
