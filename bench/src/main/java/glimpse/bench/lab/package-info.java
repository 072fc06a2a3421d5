/**
 * The experiments that led to the kernels, numbered; each checked against a reference and timed. What was learnt stands in
 * bench/lab/README.md.
 */
@NullMarked
package glimpse.bench.lab;

import org.jspecify.annotations.NullMarked;
