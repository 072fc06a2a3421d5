/** JMH benchmarks: kernels, linear layers, whole models, from an image file to its answer, and peers. */
@NullMarked
package glimpse.bench;

import org.jspecify.annotations.NullMarked;
