/** What a server counts and measures, for Prometheus. */
@NullMarked
package glimpse.service.metrics;

import org.jspecify.annotations.NullMarked;
