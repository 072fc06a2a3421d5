package glimpse.bench.lab;

import java.util.function.Supplier;

/**
 * One way to compute what an experiment is about.
 *
 * @param name a few words
 * @param operations nominal floating-point operations of a run, or values where nothing is multiplied
 * @param run computes
 * @param result what was computed last, as the reference lays it out
 */
record Variant(String name, double operations, Runnable run, Supplier<float[]> result) {}
