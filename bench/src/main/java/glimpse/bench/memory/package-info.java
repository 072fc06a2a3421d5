/** What a model takes in memory. */
@org.jspecify.annotations.NullMarked
package glimpse.bench.memory;
