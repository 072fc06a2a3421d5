/** Many clients of one model, each with a session: throughput, fairness and memory. */
@NullMarked
package glimpse.bench.clients;

import org.jspecify.annotations.NullMarked;
