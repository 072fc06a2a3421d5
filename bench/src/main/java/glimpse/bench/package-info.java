/** JMH benchmarks of the kernels and of whole models. */
package glimpse.bench;
