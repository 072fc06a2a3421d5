/**
 * The experiments that led to the kernels, each checked against a reference and then timed. The findings are in
 * bench/lab/README.md.
 */
@NullMarked
package glimpse.bench.lab;

import org.jspecify.annotations.NullMarked;
