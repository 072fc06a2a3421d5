/** JMH benchmarks: kernels, linear layers, forward passes, classification of an image file, and peer engines. */
@NullMarked
package glimpse.bench;

import org.jspecify.annotations.NullMarked;
