package glimpse.bench.lab;

import java.util.function.Supplier;

/**
 * One way to compute an experiment's result.
 *
 * @param name row label of the table
 * @param operations nominal floating-point operations per run, or values per run where nothing is multiplied
 * @param run computes the result once
 * @param result the latest result, in the layout of the reference
 */
record Variant(String name, double operations, Runnable run, Supplier<float[]> result) {}
