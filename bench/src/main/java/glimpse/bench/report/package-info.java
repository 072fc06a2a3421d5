/** The commands that run benchmarks, and the result files they write: CSV and Markdown tables. */
@NullMarked
package glimpse.bench.report;

import org.jspecify.annotations.NullMarked;
