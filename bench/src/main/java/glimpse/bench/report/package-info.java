/** Runs a subset of the benchmarks and keeps the results as CSV and as a readable table. */
@NullMarked
package glimpse.bench.report;

import org.jspecify.annotations.NullMarked;
